"""The statements that the store sends, taken on their way, and the rule that each names its workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from bot.store import (
    Database,
    reader,
)
from bot.store.tables import METADATA

# `workspace=?` without spaces is a column that is set, not a filter
FILTER = re.compile(r"(?:\w+\.)?workspace(?: \|\| \?\))? = (?:\?|\w+\.workspace)")
_FROM = re.compile(r"\b(?:FROM|JOIN|UPDATE) ((?:\w+(?: AS \w+)?(?:, )?)+)")
_TABLE = re.compile(r"(\w+)(?: AS \w+)?")
_BOUNDED = frozenset(
    {t.name for t in METADATA.sorted_tables if "workspace" in t.c} | {"passages", "search_workspaces"}
)


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
