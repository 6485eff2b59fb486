"""What was seen in each round, as facts with their revisions and as compact tallies."""
