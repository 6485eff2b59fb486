"""Statements counted per school, core element and minute by the eventsourcing library's own projection runner:
eventsourcing_projection.py URL EVENTS"""

from __future__ import annotations

import json
import sys
import time
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier


class Notes(Aggregate):
    @event("Recorded")
    def record(self, school_id: str, core_element: str, minute: int) -> None:
        """A statement."""


class Statements(Application[UUID]):
    pass


class Tallies(PostgresTrackingRecorder):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tally = f"{self.tracking_table_name}_tally"
        self.sql_create_statements.append(
            SQL(
                "create table if not exists {}.{} (school text, core text, minute int, n int, "
                "primary key (school, core, minute))"
            ).format(Identifier(self.datastore.schema), Identifier(self.tally))
        )

    def count(self, school: str, core: str, minute: int, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                SQL(
                    "insert into {0}.{1} as t values (%s, %s, %s, 1) "
                    "on conflict (school, core, minute) do update set n = t.n + 1"
                ).format(Identifier(self.datastore.schema), Identifier(self.tally)),
                (school, core, minute),
            )


class Tally(Projection[Tallies]):
    name = "tally"

    @singledispatchmethod
    def process_event(self, _: Any, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def recorded(self, e: Notes.Recorded, tracking: Tracking) -> None:  # type: ignore[name-defined]
        self.view.count(e.school_id, e.core_element, e.minute, tracking)


def main(url: str, events: int) -> float:
    parts = urlsplit(url)
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": str(parts.hostname), "POSTGRES_PORT": str(parts.port), "POSTGRES_USER": str(parts.username),
        "POSTGRES_PASSWORD": unquote(parts.password or ""),
        "TALLY_PERSISTENCE_MODULE": "eventsourcing.postgres",
    }  # fmt: skip
    app = Statements(env)
    before = app.recorder.max_notification_id() or 0
    for _ in range(0, events, 20):
        notes = Notes()
        for n in range(19):
            notes.record(f"s{n % 20}", "task", n)
        app.save(notes)
    last = app.recorder.max_notification_id()
    started = time.perf_counter()
    with ProjectionRunner(
        application_class=Statements, projection_class=Tally, view_class=Tallies, env=env
    ) as runner:  # fmt: skip
        runner.wait(last, timeout=120)
        rate = (last - before) / (time.perf_counter() - started)
    app.close()
    return rate


if __name__ == "__main__":
    print(json.dumps({"rate": main(sys.argv[1], int(sys.argv[2]))}))
