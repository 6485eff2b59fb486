"""What happened at the door: the security log."""
