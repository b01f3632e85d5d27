"""`/msc add ADDRESS`: read a web page or a feed into the workspace, through the guarded client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.errors import SourceError
from bot.fetch import web
from bot.fetch.addresses import Allowed
from bot.ingest.wanted import address
from bot.jobs import adding
from bot.jobs.adding import Added, Tell
from bot.models import Asker, Phrase, Reason, Reply, Section
from bot.store import articles, findings
from bot.store.sources import Looked, Wanted
from handlers.commands._command import Command
from handlers.commands._source_lines import how_often

if TYPE_CHECKING:
    from bot.services import Services

USAGE = "add https://…"
_LISTED = 10  # articles, and failures, of one source that the reply names


async def run(services: Services, asker: Asker, rest: str) -> Reply:
    """Read the page or feed at an address and say what was found in it."""
    place = rest.strip()
    if not web.is_address(place) or len(place.split()) != 1:
        return Reply("add", Phrase("commands.incomplete", {"name": "add", "usage": USAGE}))
    allowed = Allowed.parse(services.settings.fetch_allow)
    try:
        wanted = address(place, allowed, by=asker.user)
    except SourceError as error:
        return not_added(error)
    return await added(services, asker, [wanted])


def not_added(error: SourceError) -> Reply:
    """Return that a source can't be added, and why."""
    return Reply("add", _counted(Looked(failed=1)), sections=(Section(None, (_failed(error),)),))


def _failed(error: SourceError) -> Phrase:
    return Phrase("commands.not_added", {"source": error.source, "reason": Reason(error.reason)})


async def added(
    services: Services,
    asker: Asker,
    wanted: Sequence[Wanted],
    tell: Tell | None = None,
    *,
    faults: Sequence[SourceError] = (),
) -> Reply:
    """Add sources (`wanted.address`, `wanted.upload`) to the asker's workspace; a line for each article.

    `faults` are what could not even be tried; they are counted and named with the rest.
    They are read by whichever process does the jobs; `tell` hears how far that has come.
    """
    done = [await adding.add(services.db, services.jobs, asker.workspace, one, tell) for one in wanted]
    lines = [line for one in done for line in await _lines(services, asker, one)]
    lines += [_failed(error) for error in faults]
    results = [_result(one) for one in done]
    total = Looked(
        sum(r.new for r in results),
        sum(r.replaced for r in results),
        sum(r.same for r in results),
        sum(r.failed for r in results) + len(faults),
    )
    return Reply("add", _counted(total), sections=(Section(None, tuple(lines)),) if lines else ())


def _result(one: Added) -> Looked:
    if one.waiting or one.removed:
        return Looked()
    if one.source.error:
        return Looked(failed=1)
    return one.source.result or Looked()


def _counted(result: Looked) -> Phrase:
    """Return what came of it in numbers; one failure alone is named in its own line."""
    numbers = {"new": result.new, "replaced": result.replaced, "same": result.same, "failed": result.failed}
    parts = [Phrase(f"commands.added_{name}", {"count": n}) for name, n in numbers.items() if n]
    if not parts or result == Looked(failed=1):
        return Phrase("commands.added_nothing")
    return Phrase("commands.added", {"parts": parts})


async def _lines(services: Services, asker: Asker, one: Added) -> list[Phrase]:
    """Return what was found in a source, or why it could not be read, and when it is looked at again."""
    name = {"source": one.source.title or one.source.place}
    if one.waiting or one.removed:
        return [Phrase("commands.still_reading" if one.waiting else "commands.removed_meanwhile", name)]
    if one.source.error:
        key = "commands.tried_again" if one.again else "commands.not_added"
        return [Phrase(key, name | {"reason": Reason(one.source.error)})]
    result = one.source.result or Looked()
    lines = [line for a in result.articles[:_LISTED] if (line := await _article(services, asker, a))]
    if not lines and not result.failed:
        lines = [Phrase("commands.added_before", name)]
    failures = result.failures[:_LISTED]
    lines += [Phrase("commands.not_added", {"source": s, "reason": Reason(r)}) for s, r in failures]
    more = result.new + result.replaced + result.failed - len(result.articles[:_LISTED]) - len(failures)
    if more > 0:
        lines.append(Phrase("card.and_more", {"count": more}))
    if one.source.interval:
        lines.append(
            Phrase("commands.watched", {"every": how_often(one.source.interval), "id": str(one.source.id)})
        )
    return lines


async def _article(services: Services, asker: Asker, article_id: int) -> Phrase | None:
    stored = await articles.get(services.db, asker.workspace, article_id)
    if stored is None:
        return None
    quotations = await findings.quotations_of(services.db, asker.workspace, article_id)
    values = {
        "title": stored.article.title or stored.article.source,
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
