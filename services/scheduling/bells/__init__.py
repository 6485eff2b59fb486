"""Bell schedules: when the periods of a school are, on which kind of day."""
