"""The models of a district's year: dates first, then people."""
