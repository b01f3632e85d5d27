"""SQLAlchemy's statements handed to the driver itself: written and compiled once, without its own road to it.

For what runs with every job or question: a small statement through Core costs several times its own CPU.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as postgresql
from sqlalchemy.dialects.sqlite.aiosqlite import dialect as sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningDelete, ReturningInsert, ReturningUpdate
from sqlalchemy.types import TypeEngine

from bot.store.reader import Reader

Statement = Select[Any] | ReturningInsert[Any] | ReturningUpdate[Any] | ReturningDelete[Any]
_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite(), "postgresql": postgresql()}  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class _Made:
    """A statement in one dialect: its text, its values in order with what packs them, what unpacks a row."""

    text: str
    given: Sequence[tuple[str, Any, Callable[[Any], Any]]]
    unpack: Sequence[Callable[[Any], Any]]


class Plain:
    """A statement whose named parameters (`bindparam(name, None, type)`) are given when it runs."""

    def __init__(self, core: Statement) -> None:
        self.core = core
        self._made: dict[str, _Made] = {}

    async def rows(self, reader: Reader, **values: Any) -> list[tuple[Any, ...]]:
        """Return what the statement returns, with values as the columns' types say; raises StoreError."""
        made = self._made.get(reader.dialect)
        if made is None:
            made = self._made[reader.dialect] = _made(self.core, _DIALECTS[reader.dialect])
        given = [pack(values.get(name, fixed)) for name, fixed, pack in made.given]
        found = await reader.rows(made.text, given)
        return [tuple(f(v) for f, v in zip(made.unpack, row, strict=True)) for row in found]


def _made(core: Statement, dialect: Dialect) -> _Made:
    compiled = core.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    fixed = compiled.construct_params()
    given = [
        (name, fixed[name], _packing(compiled.binds[name].type if name in compiled.binds else None, dialect))
        for name in compiled.positiontup or ()
    ]
    unpack = [
        c.type.dialect_impl(dialect).result_processor(dialect, None) or _as_is for c in core.exported_columns
    ]
    return _Made(compiled.string, given, unpack)


def _packing(kind: TypeEngine[Any] | None, dialect: Dialect) -> Callable[[Any], Any]:
    return (kind.dialect_impl(dialect).bind_processor(dialect) if kind is not None else None) or _as_is


def _as_is(value: Any) -> Any:
    return value
