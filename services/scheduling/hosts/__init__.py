"""Schools as hosts and senders: region, cover, days that they would rather not host, travel."""
