"""Who may be sent on visits: role, home school, training, caps, and when they cannot come."""
