"""Streamable HTTP on this machine alone: a secret in the header, the Host and Origin looked at."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Any

from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from askwell.app.keyfile import key
from askwell.words import say


class Guarded:
    """Lets in who knows the secret: `Authorization: Bearer …` (RFC 6750)."""

    def __init__(self, inner: ASGIApp, secret: str) -> None:
        self.inner = inner
        self.expected = f"Bearer {secret}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, self.expected):
                refused = JSONResponse(
                    {"error": say("The secret is missing or wrong.")},
                    401,
                    {"WWW-Authenticate": 'Bearer realm="askwell"'},
                )
                await refused(scope, receive, send)
                return
        await self.inner(scope, receive, send)


def application(made: MCPServer[Any], secret: str, port: int) -> ASGIApp:
    """The guarded application, for the names that this machine has for itself."""
    names = [f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")]
    settings = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=names,
        allowed_origins=[f"http://{name}" for name in names],
    )
    return Guarded(made.streamable_http_app(transport_security=settings), secret)


def serve(made: MCPServer[Any], home: Path, port: int) -> None:
    """Serve until stopped."""
    import uvicorn

    inside = application(made, key(home, "mcp"), port)
    uvicorn.run(inside, host="127.0.0.1", port=port, log_level="warning", server_header=False)
