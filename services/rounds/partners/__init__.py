"""Finding a willing partner: an opt-in directory, and suggestions with their reason."""
