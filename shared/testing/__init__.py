"""Helpers for tests that are product code: servers, given/when/then, a fake identity."""
