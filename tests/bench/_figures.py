"""The figures of the search bench at one size, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tests.bench import _musts


class Figures(NamedTuple):
    """Milliseconds at the median and the 99th percentile, and R@5."""

    p50: float
    p99: float
    recall: float


def judge(size: int, made: Mapping[str, Figures], first: Mapping[str, Figures], adding: float) -> None:
    """Print what is asked of the figures of a size; `first` are those of the smallest one."""
    clean, slips = made["clean"], made["slips"]
    million = size >= 1_000_000
    _musts.at_least("R@5, clean", clean.recall, 0.97)
    _musts.at_least("R@5, slips over clean", slips.recall / clean.recall, 0.95 if million else 0.97)
    faster = next(n for least, n in ((1_000_000, 300), (100_000, 60), (0, 20)) if size >= least)
    _musts.at_least("p50, times as fast as rapidfuzz", made["rapidfuzz"].p50 / clean.p50, faster)
    for spelling in ("clean", "slips"):
        for engine, key in (("SQLite", spelling), ("PostgreSQL", f"postgresql {spelling}")):
            if key in made:
                name = f"{engine}: p99 {spelling} over that of the smallest size"
                _musts.at_most(name, made[key].p99 / first[key].p99, 4)
        if f"same {spelling}" in made:
            _musts.at_least(f"the same top ten on both, {spelling}", made[f"same {spelling}"].recall, 1)
    if million:
        _musts.at_least("p99, times as fast as FTS5 OR", made["fts5 clean"].p99 / clean.p99, 6)
        _musts.at_most(
            "adding an article, over the cost at the smaller size", made["adding"].p50 / adding, 1.5
        )
    _musts.at_most("memory, MB", made["adding"].recall, 250)
