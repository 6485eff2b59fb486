"""Cycles: one run of a protocol by named people. The engine, and what they write, sealed."""
