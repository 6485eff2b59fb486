"""Meetings of a cycle: a cadence that fits everybody's calendar."""
