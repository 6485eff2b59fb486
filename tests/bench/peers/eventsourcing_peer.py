"""Inserts single events with the eventsourcing library: eventsourcing_peer.py URL THREADS SECONDS DATA"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore


def main(url: str, threads: int, seconds: float, data: bytes) -> float:
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    assert parts.username
    datastore = PostgresDatastore(
        dbname=parts.path.lstrip("/"),
        host=parts.hostname,
        port=str(parts.port),
        user=parts.username,
        password=unquote(parts.password or ""),
        pool_size=threads,
        max_overflow=0,
    )
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()

    def insert(until: float) -> int:
        stored = 0
        while time.perf_counter() < until:
            recorder.insert_events([StoredEvent(uuid4(), 0, "EvidenceRecorded", data)])
            stored += 1
        return stored

    def everybody(length: float) -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            stored = sum(pool.map(insert, [started + length] * threads))
        return stored / (time.perf_counter() - started)

    everybody(0.3)
    rate = everybody(seconds)
    datastore.close()
    return rate


if __name__ == "__main__":
    print(json.dumps({"rate": main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4].encode())}))
