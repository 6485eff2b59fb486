"""How reporting itself is doing, for administrators."""
