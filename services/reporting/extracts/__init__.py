"""Tidy extracts of everything that was released, for analysts: one share a row, with its data dictionary."""
