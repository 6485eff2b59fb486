"""The debrief board: the team sorts admitted statements into groups, together and at once."""
