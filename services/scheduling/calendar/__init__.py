"""The district calendar: which days are not ordinary school days."""
