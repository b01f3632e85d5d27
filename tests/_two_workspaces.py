"""Workspaces with the same contents, with and without one another, and all that they hold.

Whoever asks as one of them must get, and find in its rows, what would be there without the others; and no
row of the others may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

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
    policies,
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
SHINGLES = frozenset(range(0, 800, 4))
_NUMBER = "number = (SELECT number FROM search_workspaces WHERE workspace = :workspace)"
KEYS = installations.cipher(Fernet.generate_key().decode())
_WISH = Wish("08:00", "Europe/Berlin")


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
    schedule = await channels.save(db, workspace, "C1", "U1", _WISH, now=NOW)
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
