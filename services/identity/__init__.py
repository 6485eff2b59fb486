"""Identity: districts, accounts, sign-in, grants, tokens."""
