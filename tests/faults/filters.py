"""Every workspace filter of the store left out, one at a time: each must be noticed.

The statements that the functions of the store send are looked through for `workspace = …`; one of these
conditions at a time is cut out on its way to SQLite. The comparison of `tests._two_workspaces` must see a
difference: another answer, an error, or a row that changed; or the statement breaks the rule that it names
the workspace for each table. Both are tests of the suite (tests/bot/store/test_isolation_of_all.py).
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bot.store import Database
from tests._statements import FILTER, sent, unbounded
from tests._store_calls import arguments, call, functions, wanted
from tests._two_workspaces import MINE, OTHERS, Ids, peopled, rows

_Outcome = tuple[list[str], list[dict[str, list[str]]]]


class Site(NamedTuple):
    """The n-th filter of a statement."""

    statement: str
    number: int


@dataclass
class Statements:
    """What is sent to the database; the filter at `cut` is left out."""

    cut: Site | None = None
    seen: set[Site] = field(default_factory=set)

    def rewritten(self, statement: str) -> str:
        """Note the filters of a statement and return it without the one at `cut`."""
        self.seen |= {Site(statement, n) for n in range(len(FILTER.findall(statement)))}
        return without(self.cut) if self.cut and self.cut.statement == statement else statement


def without(site: Site) -> str:
    """Return the statement of a filter without it; as many values are bound as before."""
    found = list(FILTER.finditer(site.statement))[site.number]
    marks = ["? IS NOT NULL"] * found[0].count("?")
    instead = " AND ".join(["1)" if ")" in found[0] else "1", *marks])
    return site.statement[: found.start()] + instead + site.statement[found.end() :]


@dataclass(frozen=True)
class World:
    """Prepared databases and the ids of their rows: ours, and the others' before and behind them."""

    folder: Path
    ids: tuple[Ids, Ids, Ids]

    async def outcome(self, name: str, label: str, statements: Statements) -> _Outcome:
        """Call a function in a fresh copy of a database; returns what came back and the rows afterwards."""
        shutil.copy(self.folder / name, self.folder / "copy.db")
        db = await Database.open(_url(self.folder / "copy.db"))
        try:
            with sent(db, statements.rewritten):
                told = [
                    await call(db, label, arguments(ids)) for ids, one in wanted(*self.ids) if one == label
                ]
            held = [await rows(db, workspace, exact=workspace != MINE) for workspace in (MINE, *OTHERS)]
            return told, held
        finally:
            await db.close()


async def look(folder: Path) -> dict[Site, set[str]]:
    """Return every filter with the functions that notice when it is left out."""
    world = await _prepared(folder)
    noticed: dict[Site, set[str]] = {}
    for label in functions():
        for name in ("both.db", "forged.db"):
            statements = Statements()
            whole = await world.outcome(name, label, statements)
            for site in sorted(statements.seen):
                found = noticed.setdefault(site, set())
                if not found and await world.outcome(name, label, Statements(site)) != whole:
                    found.add(label)
    return noticed


async def _prepared(folder: Path) -> World:
    for name in ("both.db", "forged.db"):
        db = await Database.open(_url(folder / name))
        ids = await peopled(db, alone=False, forged=name == "forged.db")
        await db.close()
    return World(folder, ids)


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def run() -> None:
    """Print how many filters there are and how many of them are noticed when they are left out."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="msc-filters-") as folder:
        noticed = asyncio.run(look(Path(folder)))
    told = sum(map(bool, noticed.values()))
    missed = sorted(site for site, by in noticed.items() if not by and not unbounded(without(site)))
    took = time.perf_counter() - started
    print(f"filters: {len(noticed)} left out one at a time, {took:.0f} s")
    print(f"  noticed by what comes back or changes: {told}; by the statement alone: ", end="")
    print(f"{len(noticed) - told - len(missed)}; not noticed: {len(missed)}")
    for site in missed:
        print(f"  no. {site.number + 1} of: {site.statement}")
    assert not missed
