"""The application: pages, API and static files around one open ledger."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from types import ModuleType

import anyio.to_thread
from fastapi import Depends, FastAPI
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from askwell import __version__
from askwell.doors.web import api, pages, trouble
from askwell.doors.web.desks import Desks
from askwell.doors.web.guard import Guard
from askwell.doors.web.jobs import Jobs
from askwell.doors.web.keys import Keys
from askwell.doors.web.paper import STATIC
from askwell.doors.web.sections import sections
from askwell.doors.web.tongue import Tongue
from askwell.doors.web.uploads import sweep
from askwell.doors.web.visit import own_form

THREADS = 4
"""Requests worked on at a time; others wait. More would only share two cores and hold more memory."""
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


def application(desks: Desks, keys: Keys, host: str = "127.0.0.1", lang: str = "") -> ASGIApp:
    """What the server runs. `desks` must be open while it does."""
    inside = site(desks, keys)
    return Tongue(Guard(inside, keys, host, inside.state.streams), lambda: lang or desks.lang())


def site(desks: Desks, keys: Keys) -> FastAPI:
    """The pages and the API, without what guards them."""
    app = FastAPI(
        title="Askwell",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_life,
        redirect_slashes=False,
    )
    app.state.desks = desks
    app.state.keys = keys
    app.state.streams = {}
    app.state.jobs = Jobs(desks.home)
    trouble.register(app)
    for module in _modules(pages):
        app.state.streams |= getattr(module, "STREAMS", {})
        app.include_router(module.router, dependencies=[Depends(own_form)], include_in_schema=False)
    for module in _modules(api):
        app.state.streams |= {f"/api/v1{path}": most for path, most in getattr(module, "STREAMS", {}).items()}
        app.include_router(module.router, prefix="/api/v1")
    app.add_api_route("/", _home, include_in_schema=False)
    app.add_api_route("/static/{file}", _static, include_in_schema=False)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    sweep(app.state.desks.home)
    await anyio.to_thread.run_sync(app.state.desks.warm)
    yield
    app.state.jobs.close()


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        if hasattr(module, "router"):
            yield module


async def _home() -> Response:
    return RedirectResponse(sections()[0].path, 303)


async def _static(file: str) -> Response:
    path = STATIC / file
    if "/" in file or path.suffix not in KINDS or not path.is_file():
        return trouble.of_status("/static", 404)
    return FileResponse(path, media_type=KINDS[path.suffix], headers={"cache-control": FOR_EVER})
