"""The services of Rondo. A service imports `shared`, never another service."""
