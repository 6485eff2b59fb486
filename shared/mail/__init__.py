"""Mail to people: put into an outbox with the facts it tells of, sent from there, or kept where nobody sends."""
