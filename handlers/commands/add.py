"""`/msc add ADDRESS`: read a web page or a feed into the workspace, through the guarded client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import metrics
from bot.errors import SourceError
from bot.fetch import web
from bot.fetch.addresses import Allowed
from bot.ingest import Result, ingest
from bot.models import Asker, Phrase, Raw, Reply, Section
from bot.store import articles, findings
from handlers.commands._command import Command

if TYPE_CHECKING:
    from bot.services import Services

MOST = 30  # pages of a feed that one call reads; a feed that is to be followed is watched instead
USAGE = "add https://…"


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """Read the page or feed at an address and say what was found in it."""
    address = rest.strip()
    if not web.is_address(address) or len(address.split()) != 1:
        return Reply("add", Phrase("commands.incomplete", {"name": "add", "usage": USAGE}))
    allowed = Allowed.parse(services.settings.fetch_allow)
    sources: list[Raw | SourceError] = []
    async for raw in web.read([address], allowed):
        sources.append(raw)
        if len(sources) == MOST:
            break
    return await added(services, asker, sources)


async def added(services: Services, asker: Asker, sources: Sequence[Raw | SourceError]) -> Reply:
    """Take the sources into the asker's workspace; the reply has a line for each."""
    results: list[Result] = []
    summary = await ingest(
        services.db,
        services.extractor,
        asker.workspace,
        sources,
        processes=1,
        progress=results.append,
        pool=services.pool,
    )
    for result in results:
        metrics.read(result.outcome, result.quotations)
    if not results:
        return Reply("add", Phrase("commands.added_nothing"))
    lines = tuple([await _line(services, asker, result) for result in results])
    values = {
        "new": summary.new,
        "replaced": summary.replaced,
        "same": summary.same,
        "failed": summary.failed,
    }
    return Reply("add", Phrase("commands.added", values), sections=(Section(None, lines),))


async def _line(services: Services, asker: Asker, result: Result) -> Phrase:
    """Return what was found in a source, or why it could not be read."""
    stored = (
        await articles.get(services.db, asker.workspace, result.article_id) if result.article_id else None
    )
    if result.outcome == "failed":
        return Phrase("commands.not_added", {"source": result.source, "reason": result.reason})
    if stored is None:
        return Phrase("commands.added_before", {"source": result.source})
    quotations = await findings.quotations_of(services.db, asker.workspace, stored.id)
    values = {
        "title": stored.article.title or result.source,
        "quotations": len(quotations),
        "speakers": len({q.quotation.speaker for q in quotations if q.quotation.speaker}),
    }
    return Phrase("commands.added_article", values)


COMMAND = Command(
    name="add",
    usage=USAGE,
    summary="commands.add",
    run=run,
    admin_only=True,
    adds=True,
    changes=True,
    slow="commands.adding",
    order=80,
)
