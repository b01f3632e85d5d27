"""Files, folders, globs and standard input → bytes. The first room of the line; nothing is decoded here."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import SourceError
from bot.fetch import feeds, kinds, lines
from bot.models import Raw

_STDIN = "-"
_REASONS = {
    errno.EACCES: "may not be read; check its permissions",
    errno.EPERM: "may not be read; check its permissions",
    errno.ENAMETOOLONG: "has a name that is too long",
    errno.ELOOP: "is a link that leads back to itself",
}


def read(sources: Iterable[str]) -> Iterator[Raw | SourceError]:
    """Yield one Raw for each readable file of `sources`, or the error that names it; the rest goes on.

    A source is a file, a folder (read recursively in sorted order, hidden entries left out), a glob, or
    ``-`` for standard input. A file that several sources name is read once. A JSON Lines file holds an
    article a line.
    """
    named = list(sources)
    seen: set[str] | None = set() if _may_overlap(named) else None
    for source in named:
        if source == _STDIN:
            yield from _standard_input()
            continue
        for found in _paths(source):
            if isinstance(found, SourceError):
                yield found
            elif seen is None:
                yield from _held(Path(_plain(found)))
            elif (path := _plain(found)) not in seen:
                seen.add(path)
                yield from _held(Path(path))


def _may_overlap(named: Sequence[str]) -> bool:
    """Say whether a file may be named twice; a folder alone names each once, and may hold very many."""
    try:
        return len(named) != 1 or not Path(named[0]).expanduser().is_dir()
    except (OSError, ValueError):
        return True


def count(sources: Iterable[str]) -> int | None:
    """Return how many files and lines these sources hold, None where standard input is among them."""
    found = 0
    for source in sources:
        if source == _STDIN:
            return None
        for path in _paths(source):
            found += lines.count(path) if isinstance(path, Path) and lines.is_named(path) else 1
    return found


def mark(source: str) -> str:
    """Return what changes when a file, or one of a folder or glob, comes, goes, or is written to."""
    found = hashlib.sha256()
    for path in _paths(source):
        if isinstance(path, SourceError):
            found.update(str(path).encode("utf-8", "surrogatepass"))
            continue
        try:
            status = path.stat()
        except OSError as error:
            found.update(f"{path} {error.errno}".encode("utf-8", "surrogatepass"))
        else:
            entry = f"{path} {status.st_mtime_ns} {status.st_size}\n"
            found.update(entry.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _plain(path: Path) -> str:
    """Return one name for a file, however it was reached; a link keeps its own."""
    return os.path.abspath(path)  # noqa: PTH100  resolve() would follow links


def _held(path: Path) -> Iterator[Raw | SourceError]:
    if not lines.is_named(path):
        yield from _articles(_file(path))
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SourceError(str(path), "is not an ordinary file")
        with path.open("rb") as file:
            yield from _told_if_empty(str(path), lines.read(str(path), file))
    except SourceError as error:
        yield error
    except OSError as error:
        yield SourceError(str(path), _reason(error))


def _told_if_empty(name: str, found: Iterator[Raw | SourceError]) -> Iterator[Raw | SourceError]:
    first = next(found, None)
    yield first or SourceError(name, "is empty")
    yield from found


def _paths(source: str) -> Iterator[Path | SourceError]:
    path = Path(source).expanduser()
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists() or path.is_symlink():
            yield path
        elif glob.has_magic(source):
            yield from _glob(source)
        else:
            yield SourceError(source, "does not exist")
    except (OSError, ValueError) as error:
        yield SourceError(source, _reason(error))


def _glob(pattern: str) -> Iterator[Path | SourceError]:
    matches = sorted(glob.glob(str(Path(pattern).expanduser()), recursive=True))  # noqa: PTH207  takes absolute patterns
    if not matches:
        yield SourceError(pattern, "matches no file")
    for match in map(Path, matches):
        if match.is_dir():
            yield from _folder(match) if not pattern.endswith("**") else ()
        else:
            yield match


def _folder(folder: Path) -> Iterator[Path | SourceError]:
    broken: list[OSError] = []
    empty = True
    for here, folders, names in os.walk(folder, onerror=broken.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                empty = False
                yield Path(here, name)
    for error in broken:
        yield SourceError(str(error.filename or folder), _reason(error))
    if empty and not broken:
        yield SourceError(str(folder), "holds no file")


def _file(path: Path) -> Raw | SourceError:
    media = kinds.media_of(path.name)
    if media is None:
        known = ", ".join([*kinds.SUFFIXES, *sorted(lines.SUFFIXES)])
        return SourceError(str(path), f"is of a kind that can't be read; readable are {known}")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return SourceError(str(path), "is not an ordinary file")
        if status.st_size > kinds.LIMIT:
            return SourceError(str(path), kinds.TOO_LARGE)
        data = path.read_bytes()
    except OSError as error:
        return SourceError(str(path), _reason(error))
    fault = kinds.fault(data)
    if fault:
        return SourceError(str(path), fault)
    media = kinds.sniff(data) if kinds.is_pdf(data) else media
    return Raw(source=str(path), data=data, media=media, fetched=datetime.now(UTC))


def _articles(found: Raw | SourceError) -> Iterator[Raw | SourceError]:
    """Yield the file itself, or the articles that a saved feed carries in full."""
    if isinstance(found, SourceError) or found.media not in feeds.MEDIA:
        yield found
        return
    try:
        feed = feeds.parse(found.source, found.data)
    except SourceError as error:
        yield error
        return
    for item in feed.items:
        link = SourceError(
            item.link or found.source, f"is only linked in {Path(found.source).name}; add its address"
        )
        yield feeds.article(item, feed, found.source) or link


def _standard_input() -> Iterator[Raw | SourceError]:
    try:
        first = sys.stdin.buffer.readline(kinds.LIMIT + 1)
        if lines.looks_like(first):
            yield from lines.read("standard input", sys.stdin.buffer, first)
            return
        data = first + sys.stdin.buffer.read(kinds.LIMIT + 1 - len(first))
    except OSError as error:
        yield SourceError("standard input", _reason(error))
        return
    if fault := kinds.fault(data):
        yield SourceError("standard input", fault)
        return
    name = f"stdin:{hashlib.sha256(data).hexdigest()[:16]}"
    yield Raw(source=name, data=data, media=kinds.sniff(data), fetched=datetime.now(UTC))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, f"can't be read ({error.strerror or error})")
    return f"is no valid path ({error})"
