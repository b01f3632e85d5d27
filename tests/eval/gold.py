"""Quotations of our own gold (`tests/gold`): content, speakers, cues, polarity by group of cases."""

from __future__ import annotations

from bot.extract import Extractor
from bot.reference import Reference
from tests.gold._quotations import cases, score


def run() -> None:
    """Print one line of figures a file, and every miss."""
    extractor = Extractor(Reference())
    for name in ("direct", "indirect", "speakers", "nothing"):
        reached = score(extractor, cases(name))
        print(reached.line(name))
        for miss in reached.misses:
            print(f"    {miss}")
