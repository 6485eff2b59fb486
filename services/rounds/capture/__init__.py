"""The notes of one observer in one classroom slot, and the protocol by which tablets hand them in."""
