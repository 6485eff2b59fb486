"""Protocols: declarative, versioned documents that say how people coach each other."""
