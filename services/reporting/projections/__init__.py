"""Read models of reporting."""
