"""The pages that anybody may read over HTTP: what this is, what becomes of one's data, where to get help.

Slack's Marketplace asks for the three of them. They hold nothing of any workspace and need no script.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from jinja2 import Environment, PackageLoader

from bot.settings import Settings
from bot.store import asked

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]

_TEMPLATES = Environment(loader=PackageLoader("handlers.web.public"), autoescape=True, trim_blocks=True)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "public, max-age=300",
}


def pages(settings: Settings, install: str | None = None) -> dict[str, Page]:
    """Return the pages by path; `install` is the path that begins an installation, where there is one."""
    known = {"contact": _contact(settings.contact), "install": install, "questions": asked.KEPT}
    return {path: _page(name, known) for path, name in _PAGES.items()}


_PAGES = {"/": "landing.html", "/privacy": "privacy.html", "/support": "support.html"}
PATHS = tuple(_PAGES)


def _page(name: str, known: Mapping[str, object]) -> Page:
    shown = _TEMPLATES.get_template(name).render(known)

    async def page(_: web.Request) -> web.StreamResponse:
        return web.Response(text=shown, content_type="text/html", headers=_HEADERS)

    return page


def _contact(contact: str) -> tuple[str, str] | None:
    """Return where help is given, and the link to it; None where nobody has set it."""
    if not contact:
        return None
    return contact, contact if contact.startswith(("https://", "http://")) else f"mailto:{contact}"
