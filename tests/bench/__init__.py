"""`make bench`: what the platform does per second beside its floors and its peers.

A bench is a module `<name>_bench.py` with `BENCH = Bench(...)`: see harness.py.
"""
