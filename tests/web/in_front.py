"""A door in front of the platform that can answer some addresses itself: how a new build reaches a browser.

The browser's own routes do not see what it fetches for a service worker.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

_HOP = {"connection", "transfer-encoding", "content-encoding", "content-length", "keep-alive", "date", "server"}


class InFront:
    """`url` is the door's address; `instead[path]` is what it answers there, as JavaScript."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.instead: dict[str, str] = {}


@contextmanager
def in_front_of(url: str, *, port: int = 0) -> Iterator[InFront]:
    """`port`: where a door stood before; by default a free one."""
    with httpx.Client(base_url=url, timeout=60) as http:
        door = InFront("")

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                own = door.instead.get(self.path)
                if own is not None:
                    self._send(200, [("Content-Type", "text/javascript"), ("Cache-Control", "no-cache")], own.encode())
                    return
                headers = [(k, v) for k, v in self.headers.items() if k.lower() not in _HOP]
                told = http.request(self.command, self.path, headers=headers, content=body)
                kept = [(k, v) for k, v in told.headers.multi_items() if k.lower() not in _HOP]
                self._send(told.status_code, kept, told.content)

            def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815  # names that the library calls

            def log_message(self, *_: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", port), Door)
        server.daemon_threads = True
        door.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield door
        finally:
            server.shutdown()
            server.server_close()
