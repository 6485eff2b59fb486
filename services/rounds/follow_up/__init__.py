"""Three months on: what became of a round's next level of work."""
