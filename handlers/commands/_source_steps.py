"""What an admin does with a source: pause, resume, look now, remove."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.ingest import removal
from bot.jobs import adding
from bot.jobs.port import utc_now
from bot.models import Asker, Phrase, Reply
from bot.store import sources
from bot.store.sources import StoredSource
from handlers.commands._source_lines import how_often

if TYPE_CHECKING:
    from bot.services import Services

Step = Callable[["Services", StoredSource, str], Awaitable[Phrase]]


async def step(services: Services, asker: Asker, words: list[str]) -> Reply | None:
    """Do what the words ask for (a step, a source's number, perhaps yes); None where they ask for none."""
    chosen = STEPS.get(words[0].casefold()) if len(words) in {2, 3} else None
    if chosen is None or not words[1].isascii() or not words[1].isdigit():
        return None
    if not asker.is_admin:
        return Reply("sources", Phrase("commands.admin_only", {"name": f"sources {words[0]}"}))
    source = await sources.get(services.db, asker.workspace, min(int(words[1]), 2**62))
    if source is None:
        return Reply("sources", Phrase("commands.no_such_source", {"id": words[1]}))
    return Reply("sources", await chosen(services, source, " ".join(words[2:]).casefold()))


async def _pause(services: Services, source: StoredSource, _: str) -> Phrase:
    await sources.pause(services.db, source.workspace, source.id)
    return Phrase("commands.source_paused", _named(source))


async def _resume(services: Services, source: StoredSource, _: str) -> Phrase:
    await sources.resume(services.db, source.workspace, source.id, utc_now())
    return await _look(services, source, "")


async def _look(services: Services, source: StoredSource, _: str) -> Phrase:
    await adding.put(services.jobs, source)
    if source.interval is None:
        return Phrase("commands.source_looked_at", _named(source))
    return Phrase("commands.source_resumed", _named(source) | {"every": how_often(source.interval)})


async def _remove(services: Services, source: StoredSource, sure: str) -> Phrase:
    if sure not in {"yes", "ja"}:
        there = await sources.only_from(services.db, source.workspace, source.id)
        return Phrase("commands.source_sure", _named(source) | {"articles": len(there)})
    gone = await removal.remove(services.db, source)
    return Phrase("commands.source_removed", _named(source) | {"articles": gone})


def _named(source: StoredSource) -> dict[str, str]:
    return {"name": source.title or source.place, "id": str(source.id)}


STEPS: dict[str, Step] = {"pause": _pause, "resume": _resume, "look": _look, "remove": _remove}
