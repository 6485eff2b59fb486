"""The row model: people by days by shifts, on the public nurse-rostering instances (schedulingbenchmarks.org).

Not part of planning: it measures our way of using HiGHS against best-known values that others can check. `roster.py`
reads an instance and counts a cost, `check.py` finds what is wrong; `price.py` finds a person's cheapest rows,
`master.py` is the linear programme over rows, `search.py` makes a roster of it and proves what it can.
"""
