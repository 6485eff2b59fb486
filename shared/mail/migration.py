"""The outbox's table, for the migration of a service that sends mail."""

from __future__ import annotations

from pathlib import Path

from shared.migrations import enable_rls, execute_script


def create_outbox() -> None:
    execute_script((Path(__file__).parent / "schema.sql").read_text())
    enable_rls("mail_outbox")
