"""What somebody names in the terminal, read at once and without jobs; each name is a source from then on."""

from __future__ import annotations

import asyncio
import glob
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from bot.errors import SourceError
from bot.fetch import feeds, files, kinds, lines, web
from bot.ingest import OriginOf, Progress, Result, ingest, wanted
from bot.ingest.looking import Reader, look
from bot.models import Raw
from bot.store import Origin, looks, sources
from bot.store.sources import Looked, StoredSource, Wanted

_AT_ONCE = 500  # files that are named one by one and read together
_STDIN = "-"


async def read(
    reader: Reader, workspace: str, names: Sequence[str], progress: Progress, every: timedelta | None = None
) -> None:
    """Read each named file, folder, glob, page or feed, and keep it as a source.

    `every` is how often a worker is to look again: zero never, None as usual for the kind. Standard input is
    read, but is no source.
    """
    for together, some in groupby(names, _is_plain_file):
        group = list(some)
        if together:
            for i in range(0, len(group), _AT_ONCE):
                await _files(reader, workspace, group[i : i + _AT_ONCE], progress)
            continue
        for name in group:
            if name == _STDIN:
                await _run(reader, workspace, [name], progress, lambda _: None)
                continue
            try:
                await _one(reader, workspace, await asyncio.to_thread(_wanted, reader, name, every), progress)
            except SourceError as error:
                progress(Result(error.source, "failed", error.reason))


def _is_plain_file(name: str) -> bool:
    """Say whether the name is that of a file that holds one article."""
    if name == _STDIN or web.is_address(name):
        return False
    path = Path(name).expanduser()
    several = kinds.media_of(name) in feeds.MEDIA or path.suffix.lower() in lines.SUFFIXES
    return not several and path.is_file()


def _wanted(reader: Reader, name: str, every: timedelta | None) -> Wanted:
    if web.is_address(name):
        return wanted.address(name, reader.via.allowed, every=every)
    if not Path(name).expanduser().exists() and not glob.has_magic(name):
        raise SourceError(name, "does not exist")
    return wanted.on_disk(name, every=every)


async def _one(reader: Reader, workspace: str, given: Wanted, progress: Progress) -> None:
    source = await sources.add(reader.db, workspace, given, datetime.now(UTC))
    await again(reader, source, progress)


async def again(reader: Reader, source: StoredSource, progress: Progress | None = None) -> None:
    """Look at a source now, and note how that ended; raises SourceError where it can't be read."""
    told = False

    def tell(result: Result) -> None:
        nonlocal told
        told = True
        if progress:
            progress(result)

    try:
        better, outcome = await look(reader, source, progress=tell, anew=True)
    except SourceError as error:
        await looks.looked(reader.db, source, None, datetime.now(UTC), error=error.reason)
        if not told or progress is None:
            raise
    else:
        await looks.looked(reader.db, better, outcome, datetime.now(UTC))


async def _run(
    reader: Reader, workspace: str, names: list[str], progress: Progress, origin: OriginOf
) -> None:
    await ingest(
        reader.db,
        reader.extractor,
        workspace,
        files.read(names),
        processes=reader.processes,
        progress=progress,
        pool=reader.pool,
        origin=origin,
    )


async def _files(reader: Reader, workspace: str, names: list[str], progress: Progress) -> None:
    """Read files as one run, so that several processes share them; each is a source of its own."""
    by_path: dict[str, StoredSource] = {}
    for name in names:
        source = await sources.add(reader.db, workspace, wanted.on_disk(name), datetime.now(UTC))
        by_path[source.place] = source
    results: dict[str, Result] = {}

    def tell(result: Result) -> None:
        results[result.source] = result
        progress(result)

    def origin(raw: Raw) -> Origin | None:
        return Origin(by_path[raw.source].id) if raw.source in by_path else None

    await _run(reader, workspace, names, tell, origin)
    for path, source in by_path.items():
        if result := results.get(path):
            await _ended(reader, source, result)


async def _ended(reader: Reader, source: StoredSource, result: Result) -> None:
    ids = (result.article_id,) if result.article_id is not None and result.outcome != "same" else ()
    numbers = {name: int(result.outcome == name) for name in ("new", "replaced", "same")}
    outcome = (
        None
        if result.outcome == "failed"
        else Looked(numbers["new"], numbers["replaced"], numbers["same"], articles=ids)
    )
    error = result.reason if result.outcome == "failed" else None
    await looks.looked(reader.db, source, outcome, datetime.now(UTC), error=error)
