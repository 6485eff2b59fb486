"""What became of a round's next level of work, from what the rounds service tells: numbers and states, no words."""
