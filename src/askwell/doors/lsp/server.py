"""The server: looks at a draft when it is opened or changed, and offers the gentler letter."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from askwell import __version__
from askwell.app.ahead import here
from askwell.app.desk import Desk, open_desk
from askwell.app.editing import Looked, Mark, look
from askwell.text.reading import Span
from askwell.words import say, set_language

PAUSE = 0.04
"""Seconds of rest after a key before the draft is looked at: short of the 150 ms in which it must be done."""
LEVELS = {
    "note": types.DiagnosticSeverity.Hint,
    "trouble": types.DiagnosticSeverity.Information,
    "soften": types.DiagnosticSeverity.Information,
    "wait": types.DiagnosticSeverity.Warning,
    "stop": types.DiagnosticSeverity.Warning,
}


class Server(LanguageServer):
    """A language server at a ledger."""

    def __init__(self, home: Path, lang: str, on: date | None) -> None:
        super().__init__("askwell", __version__)
        self.home = home
        self.lang = lang
        self.on = on
        self.waiting: dict[str, asyncio.Task[None]] = {}

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The ledger as it is now: it may have grown since the editor was opened, and so has the day."""
        with open_desk(self.home, self.on or date.today(), self.lang) as desk:
            yield desk

    def look(self, uri: str) -> tuple[TextDocument, Looked]:
        document = self.workspace.get_text_document(uri)
        set_language(self.lang)
        with self.desk() as desk:
            return document, look(desk, document.source)

    def show(self, uri: str) -> None:
        document, looked = self.look(uri)
        found = [_diagnostic(document, looked.page.source, one) for one in looked.marks]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=document.version, diagnostics=found)
        )

    async def soon(self, uri: str) -> None:
        await asyncio.sleep(PAUSE)
        self.show(uri)


def server(home: Path, lang: str, on: date | None = None) -> Server:
    """A language server with its features; `on` stands still at a day, else it is today."""
    made = Server(home, lang, on)

    @made.feature(types.INITIALIZED)
    def ready(_params: types.InitializedParams) -> None:
        here("Could you help me?")  # so that the first draft need not wait for the reader

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        made.show(params.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        made.show(params.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        if before := made.waiting.pop(uri, None):
            before.cancel()
        made.waiting[uri] = asyncio.get_running_loop().create_task(made.soon(uri))

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if before := made.waiting.pop(uri, None):
            before.cancel()
        made.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @made.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return _actions(*made.look(params.text_document.uri), params)

    return made


def _actions(
    document: TextDocument, looked: Looked, params: types.CodeActionParams
) -> list[types.CodeAction]:
    if not looked.gentler:
        return []
    span, letter = looked.gentler
    edit = types.TextEdit(_range(document, looked.page.source, span), letter)
    ours = [one for one in params.context.diagnostics if one.source == "askwell"]
    return [
        types.CodeAction(
            title=say("Use the gentler letter"),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=ours,
            is_preferred=True,
            edit=types.WorkspaceEdit(changes={document.uri: [edit]}),
        )
    ]


def _diagnostic(document: TextDocument, source: str, mark: Mark) -> types.Diagnostic:
    return types.Diagnostic(
        range=_range(document, source, mark.span),
        severity=LEVELS[mark.level],
        code=mark.id,
        source="askwell",
        message=mark.text,
    )


def _range(document: TextDocument, source: str, span: Span) -> types.Range:
    """Code points in the text to lines and columns in the unit that the editor counts in (UTF-16 by rule)."""
    found = types.Range(*(_position(source, at) for at in span))
    return document.position_codec.range_to_client_units(source.split("\n"), found)


def _position(source: str, at: int) -> types.Position:
    line = source.count("\n", 0, at)
    return types.Position(line, at - (source.rfind("\n", 0, at) + 1))
