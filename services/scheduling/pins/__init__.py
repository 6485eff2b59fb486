"""Pins of the planning board: a round that stays on its day, a day on which a school hosts none."""
