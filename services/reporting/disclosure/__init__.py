"""Disclosure control: what may leave a round's team. Pure. The reasons: docs/adr/0004-disclosure-control.md."""
