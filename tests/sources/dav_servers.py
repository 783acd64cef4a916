"""Servers for CardDAV and CalDAV on loopback: a real Radicale, and one that says what it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import httpx2

USER, PASSWORD = "ingrid", "a pass word"
BOOK = """<?xml version="1.0"?><C:mkcol xmlns="DAV:" xmlns:C="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav">
<set><prop><resourcetype><collection/><R:addressbook/></resourcetype><displayname>{name}</displayname>
</prop></set></C:mkcol>"""
CALENDAR = """<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<set><prop><displayname>{name}</displayname></prop></set></C:mkcalendar>"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


@dataclass
class Radicale:
    """A running Radicale: `asked` are the requests that it got, as (method, path)."""

    url: str
    asked: list[tuple[str, str]] = field(default_factory=list)

    def send(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> httpx2.Response:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with httpx2.Client(auth=(USER, PASSWORD), trust_env=False, timeout=60) as client:
            answer = client.request(method, f"{self.url}/{USER}/{path}", content=data, headers=named)
        assert answer.status_code < 300, answer.text
        del self.asked[-1:]
        return answer

    def book(self, path: str, name: str) -> None:
        self.send("MKCOL", f"{path}/", BOOK.format(name=name))

    def calendar(self, path: str, name: str) -> None:
        self.send("MKCALENDAR", f"{path}/", CALENDAR.format(name=name))

    def put(self, path: str, text: str) -> str:
        kind = "text/vcard" if path.endswith(".vcf") else "text/calendar"
        return str(self.send("PUT", path, text, Content_Type=f"{kind}; charset=utf-8").headers["etag"])

    def get(self, path: str) -> bytes:
        return self.send("GET", path).content

    def delete(self, path: str) -> None:
        self.send("DELETE", path)


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """A Radicale with one user, on a free port."""
    from radicale import config
    from radicale.app import Application

    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    said = config.load()
    said.update(
        {
            "auth": {
                "type": "htpasswd",
                "htpasswd_filename": str(folder / "users"),
                "htpasswd_encryption": "plain",
                "delay": "0",
            },
            "storage": {"filesystem_folder": str(folder / "collections"), "_filesystem_fsync": "False"},
            "logging": {"level": "critical"},
        },
        "test",
        privileged=True,
    )
    application = Application(said)
    running: list[Radicale] = []

    def counted(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        running[0].asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        return application(environ, start)

    with make_server("127.0.0.1", 0, counted, WSGIServer, _Quiet) as server:
        running.append(Radicale(f"http://127.0.0.1:{server.server_port}"))
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield running[0]
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Said:
    """What a scripted server answers: `cut` sends so many bytes of the body and hangs up."""

    status: int = 207
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    wait: float = 0.0


Script = Callable[[str, str, bytes], Said]
"""(method, path, body) to the answer."""


@contextmanager
def scripted(script: Script, tls: Any = None, seen: list[str] | None = None) -> Iterator[str]:
    """A server that answers by a script; yields its address. `seen` gets what each request shows."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one piece

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return self._answer
            raise AttributeError(name)

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if seen is not None:
                seen.append(self.headers.get("authorization", ""))
            said = script(self.command, self.path, body)
            if said.wait:
                stopped.wait(said.wait)
            self.send_response(said.status)
            headers = {
                "Content-Length": str(len(said.body)),
                "Content-Type": "application/xml",
            } | said.headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body[: said.cut])
            if said.cut is not None:
                self.close_connection = True

    stopped = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
