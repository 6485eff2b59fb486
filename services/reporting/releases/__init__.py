"""Releases: the figures of a round, frozen as of one place in the log."""
