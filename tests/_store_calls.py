"""A call of every function of the store that names a workspace, with its own ids and those of others.

A new function of the store is called without a line here, as long as its parameters are named like those of
the others.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import bot.store
from bot.models import Correction, Policy, Verdict
from bot.store import (
    Database,
    Origin,
    passages,
    runs,
    sources,
)
from bot.store.channels import Wish
from bot.store.expressions import OneOf, Word
from bot.store.reprints import Copies
from tests._two_workspaces import KEYS, MINE, NOW, SHINGLES, Ids
from tests.bot.store import _samples as samples

_LATER = NOW + timedelta(hours=1)
_ANEW = samples.article(text=samples.TEXT + "\nThe ferry sails on.\n")
_ON_CONNECTION = frozenset({"connection", "reader"})
_NO_ROWS = frozenset({"database.exclusive"})  # takes a lock
# steps that add rows to an article or a schedule, which the step before found in the workspace
_ONLY_FOR_OWN = {
    "_source_tables.link": "article_id",
    "fulltext.add": "article_id",
    "people.register": "article_id",
    "reprints.record": "article_id",
    "runs.claim": "schedule_id",
}


def arguments(ids: Ids) -> dict[str, Any]:
    """Return a value for each name of a parameter; `module.function.parameter` goes before `parameter`."""
    said = Correction(
        samples.article().content_hash, samples.span("We open on Monday,"), Verdict.SPEAKER, "Cy"
    )
    return {
        "workspace": MINE, "article_id": ids.article_id, "quotation_id": ids.quotation_id,
        "schedule_id": ids.schedule_id, "source_id": ids.source_id, "job_id": ids.job_id,
        "address": samples.article().url, "article": _ANEW, "findings": samples.findings(),
        "articles.known.sources": ["harbour.txt", "copy.txt"], "source": "harbour.txt", "found": SHINGLES,
        "copies": Copies(SHINGLES, ids.copy_id),
        "reprints.record.copies": Copies(SHINGLES, None, (ids.copy_id,)),
        "origin": Origin(ids.source_id, "https://example.org/item"), "name": "harbour.txt",
        "wanted": sources.Wanted("https://example.org/feed", "feed", title="New", every=timedelta(hours=1)),
        "retrieval.sources.ids": [ids.article_id, ids.copy_id],
        "retrieval.sponsored.ids": [ids.article_id, ids.copy_id], "retrieval.passages.ids": ids.passages,
        "before": "1q", "expression": OneOf((Word(":harbour"), Word(":quay"), Word(":ice"), Word(":the"))),
        "shingles": SHINGLES, "people.prune.ids": list(ids.people),
        "indexed": passages.index(_ANEW, samples.findings()),
        "content_hash": said.content_hash, "span": said.span, "correction": said,
        "channel": "C1", "thread": "1.2", "user": "U1", "owner": "U2", "wish": Wish("09:00", "UTC"),
        "state": "paused", "jobs.listing.state": None, "key": "quay", "seen.forget.key": "event:1",
        "jobs.put.key": "once", "keys": KEYS, "seen.first.keys": ["event:1", "event:2"], "title": "The quay",
        "kind": "note", "payload": {}, "run": "digest:2", "messages": [{"text": "new"}], "now": _LATER,
        "removed.known.origins": [("gone.txt", Origin(ids.source_id))], "removed.note.name": "gone.txt",
        "publisher": "The Quay", "most": 5,
        "marks": ["https://example.org/item 1"],
        "after": datetime(2020, 1, 1, tzinfo=UTC), "until": datetime(2100, 1, 1, tzinfo=UTC),
        "days.newest.until": date(2100, 1, 1), "days.within.days": (date(2020, 1, 1), date(2100, 1, 1)),
        "moments": (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)),
        "policies.outlived.days": 1, "done": 1, "total": 2,
        "covers": [date(2026, 2, 15)], "timing": "on_time", "due": NOW, "policy": Policy(),
        "claim": runs.Claim(0, ids.schedule_id, 1, (date(2026, 2, 14),), "on_time", NOW), "read_until": NOW,
    }  # fmt: skip


def functions() -> dict[str, Callable[..., Any]]:
    """Return every public coroutine of the store that takes a workspace; readers before writers."""
    found = {}
    for module in pkgutil.iter_modules(bot.store.__path__):
        loaded = importlib.import_module(f"bot.store.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.iscoroutinefunction):
            here = function.__module__ == loaded.__name__ and not name.startswith("_")
            label = f"{module.name}.{name}"
            if here and "workspace" in inspect.signature(function).parameters:
                found[label] = function
    return {k: f for k, f in sorted(found.items()) if k not in _NO_ROWS}


def calls(ids: Ids, mine: Ids) -> list[str]:
    """Return the functions to call with these ids."""
    return [
        label
        for label in functions()
        if (name := _ONLY_FOR_OWN.get(label)) is None or getattr(ids, name) == getattr(mine, name)
    ]


def wanted(mine: Ids, *others: Ids) -> Iterator[tuple[Ids, str]]:
    """Yield the calls to make: with the ids of others, mixed, and with our own."""
    for ids in (*others, *(replace(o, article_id=mine.article_id) for o in others), mine):
        for label in calls(ids, mine):
            yield ids, label


async def call(db: Database, label: str, given: Mapping[str, Any]) -> str:
    """Call a function and return what came back, or the error; ids and times are masked."""
    function = functions()[label]
    chosen = {}
    for name, parameter in inspect.signature(function).parameters.items():
        value = given.get(f"{label}.{name}", given.get(name, inspect.Parameter.empty))
        if name in {"db", *_ON_CONNECTION}:
            continue
        if value is inspect.Parameter.empty and parameter.default is inspect.Parameter.empty:
            raise LookupError(f"{label} takes {name!r}: say in {__name__}.arguments what to give it")
        if value is not inspect.Parameter.empty:
            chosen[name] = value
    taken = set(inspect.signature(function).parameters)
    try:
        if "connection" in taken:
            async with db.write() as connection:
                found = await function(connection, **chosen)
        elif "reader" in taken:
            found = await db.reading(lambda reader: function(reader, **chosen))
        else:
            found = await function(db, **chosen)
    except Exception as error:  # noqa: BLE001  whatever it is, it must be the same without the others' rows
        found = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return masked(repr(sorted(found, key=repr) if isinstance(found, set | frozenset) else found))


def masked(shown: str) -> str:
    """Return a printed value without ids and times, which differ from database to database."""
    shown = re.sub(r"datetime\.datetime\((?:[^()]|\([^()]*\))*\)", "TIME", shown)
    return re.sub(r"\b(id|\w+_id|reprint_of|own|number|version)=\d+", r"\1=N", shown)
