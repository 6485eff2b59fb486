"""Who is out when: for substitutes, and for fairness."""
