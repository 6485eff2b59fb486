"""What every import has in common: the report, the hold, the history, one transaction for all of it."""
