"""Sections: a period's released rounds by grade band and subject, frozen over all schools together."""
