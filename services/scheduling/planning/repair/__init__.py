"""When life happens: the least change of a published plan."""
