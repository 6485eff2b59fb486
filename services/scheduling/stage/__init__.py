"""The stage as a whole: what planning reads of it, and the spreadsheets that fill it."""
