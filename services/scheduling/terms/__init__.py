"""Terms: named spans of school days in which rounds are planned."""
