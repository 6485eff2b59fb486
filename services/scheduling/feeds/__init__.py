"""Calendar feeds behind links that nobody guesses and their owner can revoke."""
