"""What a leader may know of coaching: counts, suppressed like any figure. Never a name, never a word."""
