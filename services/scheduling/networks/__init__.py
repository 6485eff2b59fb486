"""Networks: the people who do rounds together, and the schools that they visit."""
