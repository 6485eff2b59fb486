"""Read models folded from published events, each with its checkpoint, its version and its rebuild."""
