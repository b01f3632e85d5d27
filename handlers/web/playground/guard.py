"""Who may use the playground: this machine's own browser, and no page from elsewhere."""

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
    "Referrer-Policy": "no-referrer",
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
            return web.Response(status=403, text="The playground only answers to this machine.")
        if request.method == "POST" and request.headers.get("Origin") != f"http://{request.host}":
            return web.Response(status=403, text="The playground only takes what its own page sends.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return answer
