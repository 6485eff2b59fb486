"""A small invented district, brought in through the same doors that a real one uses."""
