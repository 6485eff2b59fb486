"""A district and its settings."""
