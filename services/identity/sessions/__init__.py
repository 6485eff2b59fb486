"""Sign-in, its tokens, and its end."""
