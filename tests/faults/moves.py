"""Moving up and putting back: `msc move` to PostgreSQL, `msc backup` under load, `msc restore`.

Each is the real command in a process of its own, over a corpus of recombined sentences. Before and after,
every table has the same number of rows and 200 questions have the same answers, to the last rank.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from bot import reference
from bot.models import Asker, Reply
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles, move
from bot.store._sqlite import BUSY_SECONDS
from tests._postgres import Server, create
from tests.bench._articles import made
from tests.bench._corpus import Row, base, grow
from tests.bench._queries import make

ARTICLES, ROWS, QUESTIONS = 400, 10, 200
_ROOT = Path(__file__).resolve().parents[2]
_Seen = tuple[dict[str, int], list[Reply]]


def run() -> None:
    """Print what was compared; raise where anything differs."""
    corpus = list(islice(grow(base(), seed=3), ARTICLES * ROWS))
    questions = [q.clean for q in make(corpus, corpus, QUESTIONS // 4, seed=5)][:QUESTIONS]
    assert len(questions) == QUESTIONS, len(questions)
    with tempfile.TemporaryDirectory(prefix="msc-moves-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        url = _sqlite(data)
        asyncio.run(_fill(url, corpus))
        before = asyncio.run(_seen(url, questions))
        _moved(data, before, questions)
        asyncio.run(_backed_up(data, before, questions))


def _moved(data: Path, before: _Seen, questions: Sequence[str]) -> None:
    server = Server()
    try:
        asyncio.run(create(server, "msc"))
        started = time.perf_counter()
        _msc(data, "move", "--to", f"postgresql://postgres@/msc?host={server.home}")
        took = time.perf_counter() - started
        after = asyncio.run(_seen(server.url("msc"), questions))
    finally:
        server.remove()
    _same("move to PostgreSQL", before, after, f"{took:.1f} s")


async def _backed_up(data: Path, before: _Seen, questions: Sequence[str]) -> None:
    """Back up while another workspace is written to; put it back; compare the workspace that stood still."""
    db = await Database.open(_sqlite(data))
    stop = asyncio.Event()
    writing = asyncio.create_task(_write(db, stop))
    await asyncio.sleep(1)
    copy = data.parent / "copy.db"
    started = time.perf_counter()
    await asyncio.to_thread(_msc, data, "backup", str(copy))
    took = time.perf_counter() - started
    stop.set()
    written = await writing
    await db.close()
    await asyncio.to_thread(_msc, data, "restore", str(copy), "--force")
    after = await _seen(_sqlite(data), questions)
    db = await Database.open(_sqlite(data))
    kept = {a.source for a in await articles.listing(db, "W2")}
    await db.close()
    assert kept == {f"/bench/{n}.txt" for n in range(len(kept))}  # one moment: the first ones, no gap
    assert 0 < len(kept) <= written
    part = {"articles": len(kept), "quotations": len(kept) * ROWS}
    _same(
        f"backup while {written} articles were written, restore",
        ({name: before[0][name] for name in part}, before[1]),
        ({name: after[0][name] - more for name, more in part.items()}, after[1]),
        f"{took:.1f} s",
    )


async def _write(db: Database, stop: asyncio.Event) -> int:
    rows = grow(base(), seed=9)
    written = 0
    while not stop.is_set():
        await articles.save(db, "W2", *made(written, list(islice(rows, ROWS))))
        written += 1
    return written


async def _fill(url: str, corpus: Sequence[Row]) -> None:
    db = await Database.open(url)
    for number in range(ARTICLES):
        some = corpus[number * ROWS : (number + 1) * ROWS]
        await articles.save(db, "W1", *made(number, some))
    await db.close()


async def _seen(url: str, questions: Sequence[str]) -> _Seen:
    settings = Settings(_env_file=None)
    known = reference.load(settings.people, settings.terms)
    db = await Database.open(url)
    try:
        async with db.read() as connection:
            names = sorted(move.tables() - {"sqlite_sequence", "alembic_version"})
            counts = {
                name: int((await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one())
                for name in names
            }
        searcher = Searcher(db, known)
        replies = [await searcher.answer(Asker("W1"), question) for question in questions]
        return counts, [_comparable(reply) for reply in replies]
    finally:
        await db.close()


def _comparable(reply: Reply) -> Reply:
    return replace(reply, answers=tuple(replace(a, score=round(a.score, 9)) for a in reply.answers))


def _same(what: str, before: _Seen, after: _Seen, took: str) -> None:
    different = [name for name, count in before[0].items() if after[0].get(name) != count]
    alike = sum(one == other for one, other in zip(before[1], after[1], strict=True))
    answered = sum(bool(reply.answers) for reply in before[1])
    print(
        f"{what}, {took}: {sum(before[0].values()):,} rows in {len(before[0])} tables, "
        f"{len(different)} counts differ; {alike} of {len(before[1])} questions with the same answers "
        f"({answered} have any)"
    )
    assert not different, different
    assert alike == len(before[1])


def _msc(data: Path, *words: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MSC_", "SLACK_"))}
    command = [sys.executable, "-m", "bot", *words]
    limit = 30 * BUSY_SECONDS
    done = subprocess.run(
        command, cwd=_ROOT, env=kept | {"MSC_DATA_DIR": str(data)}, capture_output=True, timeout=limit
    )
    assert done.returncode == 0, done.stderr.decode()


def _sqlite(data: Path) -> str:
    return f"sqlite+aiosqlite:///{data / 'msc.db'}"
