"""Two workspaces with the same contents, and a call of every function of the store that names one.

Each call asks as the first workspace, with the ids of the second's rows, with its own, and mixed. What
comes back, and every row of the first, must be as if the second were not there; and no row of the second
may change. A new function of the store is called without a line here, as long as its parameters are named
like those of the others.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from cryptography.fernet import Fernet
from sqlalchemy import event, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

import bot.store
from bot.models import Asker, Correction, Policy, Verdict
from bot.store import (
    Database,
    Origin,
    articles,
    asked,
    channels,
    corrections,
    feedback,
    findings,
    follows,
    installations,
    jobs,
    outbox,
    passages,
    policies,
    reader,
    runs,
    seen,
    sources,
)
from bot.store.channels import Wish
from bot.store.reprints import Copies
from bot.store.tables import METADATA
from tests.bot.store import _samples as samples

BEFORE, MINE, THEIRS = "W0", "W1", "W2"  # the others' rows lie before and behind
OTHERS = (BEFORE, THEIRS)
NOW = datetime(2026, 2, 14, 8, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SHINGLES = frozenset(range(0, 800, 4))
_NUMBER = "number = (SELECT number FROM search_workspaces WHERE workspace = :workspace)"
# `workspace=?` without spaces is a column that is set, not a filter
FILTER = re.compile(r"(?:\w+\.)?workspace(?: \|\| \?\))? = (?:\?|\w+\.workspace)")
_FROM = re.compile(r"\b(?:FROM|JOIN|UPDATE) ((?:\w+(?: AS \w+)?(?:, )?)+)")
_TABLE = re.compile(r"(\w+)(?: AS \w+)?")
_BOUNDED = frozenset(
    {t.name for t in METADATA.sorted_tables if "workspace" in t.c} | {"passages", "search_workspaces"}
)
KEYS = installations.cipher(Fernet.generate_key().decode())
WISH = Wish("08:00", "Europe/Berlin")
ANEW = samples.article(text=samples.TEXT + "\nThe ferry sails on.\n")
ON_CONNECTION = frozenset({"connection", "reader"})
NO_ROWS = frozenset({"database.exclusive"})  # takes a lock
# steps that add rows to an article or a schedule, which the step before found in the workspace
ONLY_FOR_OWN = {
    "_source_tables.link": "article_id",
    "fulltext.add": "article_id",
    "people.register": "article_id",
    "reprints.record": "article_id",
    "runs.claim": "schedule_id",
}


@dataclass(frozen=True)
class Ids:
    """The ids of a workspace's rows, by the name of the parameter that takes them."""

    article_id: int
    copy_id: int
    quotation_id: int
    schedule_id: int
    source_id: int
    job_id: int
    people: tuple[int, ...]
    passages: tuple[int, ...]


async def fill(db: Database, workspace: str) -> Ids:
    """Put a row of every kind into a workspace, under the same names as in any other."""
    title = f"Harbour opens in {workspace}"
    upload = sources.Upload(b"words", "text/plain")
    wanted = sources.Wanted("https://example.org/feed", "feed", by="U1", upload=upload)
    source = await sources.add(db, workspace, wanted, NOW)
    origin = Origin(source.id, "https://example.org/item")
    copies = Copies(SHINGLES)
    saved = [
        await articles.save(db, workspace, one, samples.findings(), copies=like, origin=origin)
        for one, like in (
            (samples.article(text=samples.TEXT + f"Earlier in {workspace}.", title=title), copies),
            (samples.article(title=title), copies),
        )
    ]
    article_id = saved[0].article_id
    gone = await articles.save(db, workspace, samples.article("gone.txt"), samples.findings(), origin=origin)
    await articles.remove(db, workspace, gone.article_id, outlived=NOW)
    copy = await articles.save(
        db,
        workspace,
        samples.article("copy.txt", title=title),
        samples.findings(),
        copies=Copies(SHINGLES, article_id),
    )
    content = samples.article().content_hash
    said = Correction(content, samples.span("We open on Monday,"), Verdict.SPEAKER, f"Bo {workspace}", "U1")
    await corrections.save(db, workspace, said)
    asker = Asker(workspace, "U1", "C1", "1.2")
    await feedback.add(db, asker, "wrong_speaker", samples.article(), (said.span,), "Ada Lind")
    await asked.add(db, [asked.Asked(asker, f"who mentioned the quay in {workspace}")])
    schedule = await channels.save(db, workspace, "C1", "U1", WISH, now=NOW)
    await channels.mute(db, workspace, "C1", f"quay {workspace}", "The quay", NOW)
    await channels.mute(db, workspace, "C1", "quay", "The quay", NOW)
    await runs.claim(db, workspace, schedule.id, [date(2026, 2, 14)], "on_time", NOW, NOW)
    await outbox.put(db, workspace, "C1", "digest:1", [{"text": workspace}], NOW)
    await follows.follow(db, workspace, "U1", "quay", "The quay", NOW)
    job_id = await jobs.put(db, workspace, "note", {"for": workspace}, NOW)
    job = await jobs.claim(db, ["note"], NOW, timedelta(minutes=1), job_id=job_id)
    assert job is not None
    await jobs.fail(db, job, "broken", again=None, now=NOW)
    await jobs.put(db, workspace, "note", {"for": workspace}, NOW, key="once")
    await seen.first(db, workspace, ["event:1", f"event:{workspace}"], NOW)
    await policies.save(db, workspace, Policy(retention=30 + int(workspace[1:])), "U1", NOW)
    await installations.save(
        db, KEYS, installations.Installed(workspace, f"xoxb-{workspace}", "B1", "U0", ("chat:write",))
    )
    quotation = (await findings.quotations_of(db, workspace, article_id))[0]
    async with db.read() as connection:
        people = METADATA.tables["people"].c
        persons = await connection.execute(select(people.id).where(people.workspace == workspace))
        held = text("SELECT id FROM passages WHERE workspace = :workspace ORDER BY id")
        found = await connection.execute(held, {"workspace": workspace})
        return Ids(
            article_id, copy.article_id, quotation.id, schedule.id, source.id, job_id,
            tuple(persons.scalars()), tuple(found.scalars()),
        )  # fmt: skip


def arguments(ids: Ids) -> dict[str, Any]:
    """Return a value for each name of a parameter; `module.function.parameter` goes before `parameter`."""
    said = Correction(
        samples.article().content_hash, samples.span("We open on Monday,"), Verdict.SPEAKER, "Cy"
    )
    return {
        "workspace": MINE, "article_id": ids.article_id, "quotation_id": ids.quotation_id,
        "schedule_id": ids.schedule_id, "source_id": ids.source_id, "job_id": ids.job_id,
        "address": samples.article().url, "article": ANEW, "findings": samples.findings(),
        "articles.known.sources": ["harbour.txt", "copy.txt"], "source": "harbour.txt", "found": SHINGLES,
        "copies": Copies(SHINGLES, ids.copy_id),
        "reprints.record.copies": Copies(SHINGLES, None, (ids.copy_id,)),
        "origin": Origin(ids.source_id, "https://example.org/item"), "name": "harbour.txt",
        "wanted": sources.Wanted("https://example.org/feed", "feed", title="New", every=timedelta(hours=1)),
        "retrieval.sources.ids": [ids.article_id, ids.copy_id],
        "retrieval.sponsored.ids": [ids.article_id, ids.copy_id], "retrieval.passages.ids": ids.passages,
        "shingles": SHINGLES, "people.prune.ids": list(ids.people),
        "indexed": passages.index(ANEW, samples.findings()),
        "content_hash": said.content_hash, "span": said.span, "correction": said,
        "channel": "C1", "thread": "1.2", "user": "U1", "owner": "U2", "wish": Wish("09:00", "UTC"),
        "state": "paused", "jobs.listing.state": None, "key": "quay", "seen.forget.key": "event:1",
        "jobs.put.key": "once", "keys": KEYS, "seen.first.keys": ["event:1", "event:2"], "title": "The quay",
        "kind": "note", "payload": {}, "run": "digest:2", "messages": [{"text": "new"}], "now": LATER,
        "removed.known.origins": [("gone.txt", Origin(ids.source_id))], "removed.note.name": "gone.txt",
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
    return {k: f for k, f in sorted(found.items()) if k not in NO_ROWS}


def calls(ids: Ids, mine: Ids) -> list[str]:
    """Return the functions to call with these ids."""
    return [
        label
        for label in functions()
        if (name := ONLY_FOR_OWN.get(label)) is None or getattr(ids, name) == getattr(mine, name)
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
        if name in {"db", *ON_CONNECTION}:
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


async def forge(db: Database, mine: Ids) -> None:
    """Add to each of the others' rows one that points at our articles, people, sources and schedules.

    Only a workspace filter tells these from ours. For SQLite: the filters are the same on both databases.
    """
    ours = {
        "article_id": mine.article_id, "person_id": mine.people[0], "source_id": mine.source_id,
        "schedule_id": mine.schedule_id, "reprint_of": mine.article_id,
    }  # fmt: skip
    async with db.write() as connection:
        for table in METADATA.sorted_tables:
            pointing = {name: value for name, value in ours.items() if name in table.c}
            if not pointing or "workspace" not in table.c:
                continue
            theirs = select(table).where(table.c.workspace.in_(OTHERS))
            for row in (await connection.execute(theirs)).mappings().all():
                forged = {k: _another(k, v) for k, v in row.items() if k != "id"} | pointing
                await connection.execute(insert(table).prefix_with("OR IGNORE").values(forged))
        await connection.execute(
            text(
                "INSERT INTO passages (workspace, article_id, detail, tokens) SELECT workspace, :article_id, "
                "detail, tokens FROM passages WHERE workspace = :workspace"
            ),
            {"article_id": mine.article_id, "workspace": THEIRS},
        )


def _another(column: str, value: Any) -> Any:
    """Return a value that keeps a forged row apart from the one that it is made of."""
    if column == "position":
        return None if value is None else value + 1000
    if column == "local_date":
        return value + timedelta(days=1)
    return f"{value} forged" if column in {"source", "item"} else value


async def peopled(db: Database, *, alone: bool, forged: bool = False) -> tuple[Ids, Ids, Ids]:
    """Fill all three workspaces and return our ids and the others'; `alone`: remove the others' rows.

    Ids go on alike in both, so that what comes back can be compared.
    """
    before, mine, theirs = [await fill(db, workspace) for workspace in (BEFORE, MINE, THEIRS)]
    if forged:
        await forge(db, mine)
    for workspace in OTHERS if alone else ():
        await _empty(db, workspace)
    return mine, before, theirs


async def _empty(db: Database, workspace: str) -> None:
    place = {"workspace": workspace}
    async with db.write() as connection:
        for name in ("search_words", "search_speakers", "search_articles"):
            await connection.execute(text(f"DELETE FROM {name} WHERE {_NUMBER}"), place)
        others = [t.name for t in reversed(METADATA.sorted_tables) if "workspace" in t.c]
        for name in ("search_workspaces", "passages", *others):
            await connection.execute(text(f"DELETE FROM {name} WHERE workspace = :workspace"), place)


def unbounded(statement: str) -> bool:
    """Say whether a statement names a workspace's table more often than it names the workspace.

    Some filters are there twice over, as an article's id belongs to one workspace anyway: leaving one out
    changes nothing that comes back, so the statements themselves are held to the rule.
    """
    named = [name for found in _FROM.findall(statement) for name in _TABLE.findall(found)]
    return len(FILTER.findall(statement)) < sum(name in _BOUNDED for name in named)


@contextmanager
def sent(db: Database, take: Callable[[str], str]) -> Iterator[None]:
    """Hand every statement that the store sends to SQLite to `take`, and send what it returns."""

    def before(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> tuple[str, Any]:
        return take(statement), values

    class Taking(reader._SqliteReader):
        async def rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
            return await super().rows(take(statement), values)

    for engine in db.engines:
        event.listen(engine, "before_cursor_execute", before, retval=True)
    with patch.object(reader, "_SqliteReader", Taking):
        yield
    for engine in db.engines:
        event.remove(engine, "before_cursor_execute", before)


async def rows(db: Database, workspace: str, *, exact: bool) -> dict[str, list[str]]:
    """Return the workspace's rows of every table as text; not `exact`: without ids and times."""
    async with db.read() as connection:
        found = {
            table.name: await _rows(connection, table.name, workspace, exact)
            for table in METADATA.sorted_tables
            if "workspace" in table.c
        }
        found["passages"] = await _rows(connection, "passages", workspace, exact)
        found["search_workspaces"] = await _rows(connection, "search_workspaces", workspace, exact)
        for name in ("search_words", "search_speakers", "search_articles"):
            found[name] = await _rows(connection, name, workspace, exact, _NUMBER)
        return found


async def _rows(
    connection: AsyncConnection, name: str, workspace: str, exact: bool, where: str = "workspace = :workspace"
) -> list[str]:
    found = await connection.execute(text(f"SELECT * FROM {name} WHERE {where}"), {"workspace": workspace})
    dropped = set() if exact else _differing(name)
    return sorted(repr([(k, v) for k, v in row.items() if k not in dropped]) for row in found.mappings())


def _differing(name: str) -> set[str]:
    ids = {"id", "reprint_of", "number", "version", "words", "tokens", "token"}
    table = METADATA.tables.get(name)
    columns = {"article_id"} if table is None else set(table.c.keys())
    timed = set() if table is None else {c.name for c in table.c if c.type.__class__.__name__ == "Moment"}
    return ids | timed | {c for c in columns if c.endswith("_id")}
