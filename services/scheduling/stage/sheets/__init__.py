"""Spreadsheets (CSV) that fill the stage: each row that is certain becomes part of a command, the rest is reported."""
