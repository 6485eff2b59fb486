"""Observations that a district made elsewhere, brought in through a declared mapping."""
