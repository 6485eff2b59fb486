"""Groups of statements that resemble each other: the team takes a suggestion, or leaves it."""
