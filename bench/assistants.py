"""What an assistant and an editor wait for: `python -m bench assistants`, on 100,000 made messages.

Both are real processes on standard streams. The first call, which loads the reader, is not counted.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from pytest_lsp import ClientServerConfig
from pytest_lsp.client import make_test_lsp_client

from bench.ledgers import DAY, large

ROUNDS = 40
DRAFT = (
    "Hei!\n\nTakk for sist. Kunne du tenke deg å anbefale meg til stillingen hos dere?\n\n"
    "Det er helt greit å si nei.\n\nHilsen Ingrid\n"
)


def _told(name: str, times: list[float], wanted: int) -> str:
    spread = sorted(times)
    middle, late = statistics.median(spread), spread[int(len(spread) * 0.95)]
    return f"{name}: median {middle * 1000:.0f} ms, 95th percentile {late * 1000:.0f} ms (wanted {wanted})"


async def _assistant(home: Path, to: str) -> list[float]:
    words = ["-m", "askwell", "--home", str(home), "mcp", "--on", DAY.isoformat()]
    async with Client(stdio_client(StdioServerParameters(command=sys.executable, args=words))) as client:
        times = []
        for _ in range(ROUNDS + 1):
            before = time.perf_counter()
            await client.call_tool("check", {"draft": DRAFT, "to": [to]})
            times.append(time.perf_counter() - before)
        return times[1:]


async def _editor(home: Path, to: str) -> list[float]:
    command = [sys.executable, "-m", "askwell", "--home", str(home), "lsp", "--on", DAY.isoformat()]
    client = await ClientServerConfig(command, make_test_lsp_client).start()
    await client.initialize_session(
        types.InitializeParams(capabilities=types.ClientCapabilities(), process_id=None, root_uri=None)
    )
    uri, head = "file:///draft.eml", f"To: {to}\n\n"
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "mail", 1, head + DRAFT))
    )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    times = []
    for version in range(2, ROUNDS + 2):
        text = head + DRAFT + "." * version
        change = types.TextDocumentContentChangeWholeDocument(text)
        named = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        before = time.perf_counter()
        client.text_document_did_change(types.DidChangeTextDocumentParams(named, [change]))
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        times.append(time.perf_counter() - before)
    await client.shutdown_session()
    await client.stop()
    return times


def lines() -> Iterator[str]:
    """The figures, one a line."""
    kept = os.environ.get("ASKWELL_BENCH")
    to = "person2500@firm75.example"  # one in the middle: neither the busiest nor a stranger
    with large(Path(kept) if kept else None) as home:
        yield _told("MCP, check over standard streams", asyncio.run(_assistant(home, to)), 20)
        yield _told("LSP, from a key to what is marked", asyncio.run(_editor(home, to)), 150)


if __name__ == "__main__":
    for line in lines():
        print(line, flush=True)
