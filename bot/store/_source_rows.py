"""Sources as values, and the rows that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.engine import RowMapping

Kind = Literal["page", "feed", "file", "folder"]
ACTIVE, PAUSED = "active", "paused"
LOOK = "look"  # the kind of the job

USUAL = {"feed": timedelta(minutes=30), "folder": timedelta(minutes=5)}
"""How often a source is looked at unless somebody chose otherwise; pages and files are read once."""

LISTED = 30  # failures and articles of one look that are kept by name


@dataclass(frozen=True, slots=True)
class Looked:
    """How a look ended: numbers, the first failures by name and reason, the first new articles by id."""

    new: int = 0
    replaced: int = 0
    same: int = 0
    failed: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source. `every` is the chosen interval, None the usual one of its kind, zero never again."""

    id: int
    workspace: str
    kind: Kind
    place: str
    title: str | None
    state: str
    every: timedelta | None
    next_look: datetime | None
    etag: str | None
    modified: str | None
    looked: datetime | None
    done: int
    total: int | None
    result: Looked | None
    error: str | None
    failures: int
    added_by: str | None
    added: datetime
    articles: int = 0

    @property
    def interval(self) -> timedelta | None:
        """How often it is looked at; None where it was read once and for all."""
        return (USUAL.get(self.kind) if self.every is None else self.every) or None


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file that somebody handed in, until they are read."""

    data: bytes
    media: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become a source: `place` is its address, path, or an upload's name."""

    place: str
    kind: Kind
    every: timedelta | None = None
    title: str | None = None
    by: str | None = None
    upload: Upload | None = field(default=None, repr=False)


def packed(outcome: Looked) -> dict[str, Any]:
    """Return an outcome as its row holds it."""
    return {
        "new": outcome.new, "replaced": outcome.replaced, "same": outcome.same, "failed": outcome.failed,
        "failures": [list(f) for f in outcome.failures[:LISTED]],
        "articles": list(outcome.articles[:LISTED]),
    }  # fmt: skip


def _looked(held: Mapping[str, Any] | None) -> Looked | None:
    if held is None:
        return None
    failures = tuple((str(name), str(reason)) for name, reason in held["failures"])
    return replace(
        Looked(**{k: held[k] for k in ("new", "replaced", "same", "failed")}),
        failures=failures,
        articles=tuple(held["articles"]),
    )


def stored_source(row: RowMapping) -> StoredSource:
    """Return a row as a value."""
    values = dict(row)
    values["every"] = None if row["every"] is None else timedelta(seconds=row["every"])
    values["result"] = _looked(row["result"])
    return StoredSource(**values)
