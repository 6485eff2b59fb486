"""What people commit to in coaching: theirs, kept or not, over the years."""
