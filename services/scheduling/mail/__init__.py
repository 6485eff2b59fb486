"""The outbox as an administrator reads it."""
