"""What identity tells of the district: its time zone, and who can sign in as what."""
