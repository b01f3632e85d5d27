"""The web door: Slack over HTTP, installation, health and metrics, and further pages that are handed in.

It knows nothing of Bolt: what comes from Slack is checked here and handed to a plain callable.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot import metrics
from handlers.web import health, precheck
from handlers.web.precheck import Refusal

Answer = tuple[int, str, Mapping[str, str]]  # status, body, headers
Dispatch = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[Answer]]  # checked body, headers
Page = Callable[[web.Request], Awaitable[web.StreamResponse]]

_log = logging.getLogger(__name__)


def build(
    dispatch: Dispatch | None = None,
    *,
    secrets: Callable[[], Sequence[str]] = tuple,
    pages: Mapping[str, Page] | None = None,
    checks: Mapping[str, health.Check] | None = None,
    refresh: health.Refresh | None = None,
    routes: Iterable[web.RouteDef] = (),
) -> web.Application:
    """Return the application.

    `dispatch` takes what Slack posts to /slack/events, once it has passed the pre-check against `secrets`;
    `pages` are GET pages by path (/slack/install, /slack/oauth_redirect); `checks` decide over /readyz,
    `refresh` brings what /metrics shows of the database up to date;
    `routes` are whatever else this process shows (the playground, inspect pages).
    """
    app = web.Application(client_max_size=precheck.MOST_BYTES, middlewares=[_plain_errors])
    app.add_routes(health.routes(checks or {}, refresh))
    if dispatch is not None:
        app.router.add_post("/slack/events", _slack(dispatch, secrets))
    for path, page in (pages or {}).items():
        app.router.add_get(path, page)
    app.add_routes(routes)
    return app


def _slack(dispatch: Dispatch, secrets: Callable[[], Sequence[str]]) -> Page:
    async def receive(request: web.Request) -> web.StreamResponse:
        try:
            raw = await read(request)
            body = precheck.check(raw, request.headers, secrets(), time.time())
        except Refusal as refusal:
            metrics.REFUSED.labels(str(refusal.status)).inc()
            return web.Response(status=refusal.status, text=str(refusal))
        with metrics.ACKNOWLEDGED.labels("http").time():
            status, text, headers = await dispatch(body, request.headers)
        return web.Response(status=status, body=text.encode(), headers=headers)

    return receive


async def read(request: web.Request) -> bytes:
    """Return the body; raises Refusal as soon as more than the limit is announced or has come."""
    if (request.content_length or 0) > precheck.MOST_BYTES:
        raise precheck.too_large()
    raw = bytearray()
    async for piece in request.content.iter_chunked(64 * 1024):
        raw += piece
        if len(raw) > precheck.MOST_BYTES:
            raise precheck.too_large()
    return bytes(raw)


@web.middleware
async def _plain_errors(request: web.Request, handler: Page) -> web.StreamResponse:
    """Whatever goes wrong behind this door, the caller reads one sentence and the log gets the rest."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:  # noqa: BLE001  the outermost door
        _log.exception("the request to %s failed", request.path)
        return web.Response(status=500, text="Something went wrong here. Please try again.")
