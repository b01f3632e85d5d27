"""JSON Lines → articles: one JSON object a line, read as a stream, so that a file may have any size.

    {"text": "…", "title": "…", "url": "https://…", "publisher": "…", "published": "2026-02-14",
     "authors": ["…"], "id": "…"}

`text` (or `html`, a page) is all that is needed. What is told beside it goes before what the text says of
itself. An article is known again by its `id`, else by its `url`, else by its text; other fields are ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import SourceError
from bot.fetch import kinds
from bot.models import Raw

SUFFIXES = frozenset({".jsonl", ".ndjson"})
_LONGEST = 2 * kinds.LIMIT  # bytes of a line: escapes may double a text


def is_named(path: Path) -> bool:
    """Say whether a file's name is one of JSON Lines."""
    return path.suffix.lower() in SUFFIXES


def count(path: Path) -> int:
    """Return how many lines a file has; 1 where it can't be read, for that is told once."""
    try:
        with path.open("rb") as file:
            blocks = iter(lambda: file.read(1 << 20), b"")
            return max(1, sum(block.count(b"\n") for block in blocks))
    except OSError:
        return 1


def looks_like(first: bytes) -> bool:
    """Say whether a first line is that of JSON Lines: an object with a text or a page."""
    try:
        found = json.loads(first)
    except ValueError:
        return False
    return isinstance(found, dict) and not {"text", "html"}.isdisjoint(found)


def read(name: str, file: BinaryIO, first: bytes = b"") -> Iterator[Raw | SourceError]:
    """Yield an article for each line, or the error that names the line; the others go on.

    `name` stands before the number of a line and the id of an article; `first` was read already.
    """
    seen: dict[int, int] = {}
    for number, line in enumerate(_lines(file, first), 1):
        if not line.strip():
            continue
        place = f"{name}, line {number}"
        try:
            made = _article(name, place, line)
        except ValueError as error:
            yield SourceError(place, str(error))
            continue
        earlier = seen.setdefault(hash(made.source), number)
        if earlier != number:
            yield SourceError(place, f"is the same article as line {earlier}; each needs its own id or url")
        else:
            yield made


def _lines(file: BinaryIO, first: bytes) -> Iterator[bytes]:
    """Yield the lines; of one that is too long only the beginning, long enough to be refused."""
    line = (first or file.readline(_LONGEST + 1)).removeprefix(b"\xef\xbb\xbf")
    while line:
        yield line
        while len(line) > _LONGEST and not line.endswith(b"\n"):
            line = file.readline(_LONGEST + 1)
        line = file.readline(_LONGEST + 1)


def _article(name: str, place: str, line: bytes) -> Raw:
    """Return the article of a line; raises ValueError with what is wrong with it."""
    if len(line) > _LONGEST:
        raise ValueError(kinds.TOO_LARGE)
    told = _object(line)
    data, media = _content(told)
    url = _address(told)
    key = _id(told)
    own = f"{name}#{key or hashlib.sha256(data).hexdigest()[:16]}"
    return Raw(
        source=own if key or not url else url,
        data=data,
        media=media,
        fetched=datetime.now(UTC),
        url=url,
        title=_words(told, "title"),
        publisher=_words(told, "publisher"),
        authors=_authors(told),
        published=_day(told),
        encoding="utf-8",
        described=True,
    )


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start + 1} of the line)") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON ({error.msg}, character {error.pos + 1} of the line)") from error
    except RecursionError as error:
        raise ValueError("nests too deeply") from error
    if not isinstance(told, dict):
        raise ValueError('is no JSON object; write {"text": "…"}')
    return told


def _content(told: Mapping[str, Any]) -> tuple[bytes, str]:
    field = "text" if told.get("text") is not None else "html"
    text = told.get(field)
    if text is None:
        raise ValueError("has neither text nor html")
    if not isinstance(text, str):
        raise ValueError(f"{field} is no string")
    data = text.encode("utf-8", "replace")
    if fault := kinds.fault(data):
        raise ValueError(f"{field} {fault}")
    return data, "text/plain" if field == "text" else "text/html"


def _words(told: Mapping[str, Any], field: str) -> str | None:
    value = told.get(field)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{field} is no string")
    return " ".join(value.split()) or None if value else None


def _address(told: Mapping[str, Any]) -> str | None:
    url = _words(told, "url")
    if url is not None and not url.lower().startswith(("https://", "http://")):
        raise ValueError("url is no web address; it begins with https:// or http://")
    return url


def _id(told: Mapping[str, Any]) -> str | None:
    value = told.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _words(told, "id")


def _authors(told: Mapping[str, Any]) -> tuple[str, ...]:
    value = told.get("authors") or []
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("authors is no list of strings")
    return tuple(" ".join(name.split()) for name in names if name.strip())


def _day(told: Mapping[str, Any]) -> date | None:
    value = _words(told, "published")
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).date()  # the local date, as it is written
    except ValueError as error:
        raise ValueError(f"published is no date: {value[:40]!r}; write 2026-02-14") from error
