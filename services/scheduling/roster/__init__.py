"""The roster: who works at which school, out of OneRoster 1.1 and 1.2 CSV files."""
