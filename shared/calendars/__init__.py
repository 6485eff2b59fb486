"""iCalendar (RFC 5545, 5546, 7986): reading what others wrote, writing what theirs can read."""
