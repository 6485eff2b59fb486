"""A spreadsheet of earlier observations, as the IPG form's export has it. Every value is invented."""

from __future__ import annotations

import csv
import io


def observations() -> bytes:
    """Six visits of six raters on one occasion; names and addresses in it must leave no trace."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Timestamp", "Email Address", "When did the observation occur?", "Teacher's First Name", "Teacher's Last Name"]
        + ["Grade", "Date of Observation", "Rate it. [Focus. (1a)]", "Core Action 1 Notes:"]
    )
    for n in range(6):
        writer.writerow(
            ["6/16/2026 14:59:32", f"rater{n}@alder.example", "Pre", "Zelda", f"Quix{n}", "4", "6/15/2026", "Mostly"]
            + [f"Zelda Quix{n} asked 12 questions. Write to zelda@alder.example."]
        )
    return out.getvalue().encode()
