"""Which names fit what is being typed into a menu."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.normalise import fold


def fitting(typed: str, names: list[str]) -> list[str]:
    """Return the names that begin with or resemble what was typed, best first; all while nothing is."""
    wanted = fold(typed).strip()
    if not wanted:
        return names
    begins = [n for n in names if any(part.startswith(wanted) for part in [fold(n), *fold(n).split()])]
    alike = process.extract(wanted, names, scorer=fuzz.WRatio, processor=fold, score_cutoff=75, limit=20)
    return list(dict.fromkeys([*begins, *(name for name, _, _ in alike)]))
