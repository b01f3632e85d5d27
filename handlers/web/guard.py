"""Who may use the playground and the pages beside it: the browser of this machine, and nobody else's page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a form would send Origin: null
    "Cache-Control": "no-store",
}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def guarded(handler: Handler) -> Handler:
    """Let a request through when it names loopback as its host, and changes something only from our own page.

    A name that an outsider points at 127.0.0.1 is refused by its Host, a form or script of another site by
    its Origin; nothing is loaded from anywhere else.
    """

    async def answer(request: web.Request) -> web.StreamResponse:
        if urlsplit(f"//{request.host}").hostname not in _LOOPBACK:
            return web.Response(status=403, text="This page only answers to this machine.")
        if request.method == "POST" and request.headers.get("Origin") != f"http://{request.host}":
            return web.Response(status=403, text="This page only takes what it has sent itself.")
        response = await handler(request)
        if not response.prepared:
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    return answer
