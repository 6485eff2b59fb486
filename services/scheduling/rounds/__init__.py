"""Rounds as planned: host school, day, facilitator, teams, classroom slots."""
