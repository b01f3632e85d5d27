"""FTS5 as everybody writes it, to measure the search beside."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bot.normalise import STOP_WORDS, words
from tests.bench._corpus import Row


class Plain:
    """The floor: all words with OR, ranked by bm25."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE VIRTUAL TABLE quotes USING fts5(speaker, text, tokenize='porter unicode61')")

    def add(self, rows: Sequence[Row]) -> None:
        self._db.executemany("INSERT INTO quotes(speaker, text) VALUES (?, ?)", rows)
        self._db.commit()

    async def ids(self, text: str) -> list[int]:
        asked = " OR ".join(f'"{w}"' for w in words(text) if w not in STOP_WORDS)
        query = "SELECT rowid FROM quotes WHERE quotes MATCH ? ORDER BY rank LIMIT 10"
        return [r[0] for r in self._db.execute(query, (asked,))] if asked else []
