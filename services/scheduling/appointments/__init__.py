"""What stands in people's calendars: rounds and meetings, who comes, and what they were last told."""
