"""The articles that answers come from, and what was found in each; a person corrects it here.

Only for this machine's browser: Host and Origin are checked, and every form carries a token of this process.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

from aiohttp import web
from jinja2 import Environment, PackageLoader

from bot.clean.reasons import meaning
from bot.correct import correct
from bot.errors import UsageError
from bot.models import Span, Verdict, named
from bot.render import inspect
from bot.services import Services
from bot.store import ArticleSummary, StoredArticle, articles, findings
from handlers.web.guard import guarded

_TEMPLATES = Environment(loader=PackageLoader("handlers.web.articles"), autoescape=True, trim_blocks=True)
_NONE = ("'none'",)
_INLINE = re.compile(r"<(style|script)>(.*?)</\1>", re.S)


def attach(app: web.Application, services: Services) -> None:
    """Add the list of articles and their pages to an application."""
    doors = Doors(services)
    app.add_routes(
        [
            web.get("/articles/", guarded(doors.listing)),
            web.get("/articles/{id:[0-9]{1,18}}", guarded(doors.page)),
            web.post("/articles/{id:[0-9]{1,18}}/corrections", guarded(doors.corrected)),
        ]
    )


@dataclass(frozen=True, slots=True)
class Doors:
    """The handlers over the services; `key` makes the tokens of this process."""

    services: Services
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def workspace(self) -> str:
        """The workspace whose articles are shown."""
        return self.services.settings.workspace

    async def listing(self, _: web.Request) -> web.StreamResponse:
        """Every article with the number of its findings."""
        held = await articles.listing(self.services.db, self.workspace)
        return _html(_TEMPLATES.get_template("listing.html").render(articles=[(a, _name(a)) for a in held]))

    async def page(self, request: web.Request) -> web.StreamResponse:
        """One article with its findings marked, and a form beside each quotation."""
        stored = await self._stored(request)
        found = await findings.of_article(self.services.db, self.workspace, stored.id)
        return _html(
            inspect.page(
                stored.article,
                found,
                editable=True,
                explain=meaning,
                action=f"/articles/{stored.id}/corrections",
                token=self._token(stored),
            )
        )

    async def corrected(self, request: web.Request) -> web.StreamResponse:
        """Keep a correction and show the page again; 403 and 400 with one sentence."""
        stored = await self._stored(request)
        form = {name: str(value) for name, value in (await request.post()).items()}
        if not hmac.compare_digest(form.get("token", "").encode(), self._token(stored).encode()):
            return web.Response(
                status=403, text="This form is not of this page any more; open the page again."
            )
        try:
            span, verdict = Span(int(form["start"]), int(form["end"])), Verdict(form["verdict"])
        except (KeyError, ValueError):
            return web.Response(status=400, text="The correction is not whole; open the page again.")
        try:
            await correct(
                self.services.db, self.workspace, stored.id, span, verdict, speaker=form.get("speaker")
            )
        except UsageError as error:
            return web.Response(status=400, text=str(error))
        raise web.HTTPSeeOther(f"/articles/{stored.id}")

    async def _stored(self, request: web.Request) -> StoredArticle:
        stored = await articles.get(self.services.db, self.workspace, int(request.match_info["id"]))
        if stored is None:
            raise web.HTTPNotFound(text="There is no such article.")
        return stored

    def _token(self, stored: StoredArticle) -> str:
        """The token of the article as it is now: a form of an older text is refused."""
        return hmac.new(self.key, stored.article.content_hash.encode(), hashlib.sha256).hexdigest()


def _name(article: ArticleSummary) -> str:
    return named(article.title, article.url or article.source)


def _html(text: str) -> web.Response:
    """A page whose inline style and script, and no others, may run."""
    allowed: dict[str, list[str]] = {"style": [], "script": []}
    for tag, inner in _INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        allowed[tag].append(f"'sha256-{digest}'")
    policy = "; ".join(f"{tag}-src {' '.join(hashes or _NONE)}" for tag, hashes in allowed.items())
    own = f"default-src 'none'; {policy}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": own})
