"""The debrief of one round: screening, patterns, predictions, next level of work, release."""
