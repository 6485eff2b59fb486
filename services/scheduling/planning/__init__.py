"""The optimiser: a district's year of rounds, the visit day, repairs and explanations.

Pure Python without database or HTTP. What comes in is an `Instance`, what comes out is a `Plan`; `check` believes
neither. Solvers run in worker processes of their own (`supervise`): HiGHS and OR-Tools cannot share a process.
"""
