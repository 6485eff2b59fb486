"""Trainings that are recorded for people: some parts of a protocol need one."""
