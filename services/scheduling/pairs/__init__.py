"""People who must, or must not, be on one visit."""
