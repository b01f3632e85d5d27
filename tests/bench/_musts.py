"""A figure beside what is asked of it."""

from __future__ import annotations


def at_most(name: str, figure: float, must: float) -> None:
    """Print a figure that must not be greater."""
    _print(name, figure, "≤", must, met=figure <= must)


def at_least(name: str, figure: float, must: float) -> None:
    """Print a figure that must not be smaller."""
    _print(name, figure, "≥", must, met=figure >= must)


def _print(name: str, figure: float, sign: str, must: float, *, met: bool) -> None:
    print(f"  {name:58}{figure:10.3f}   must {sign} {must:g}: {'met' if met else 'NOT met'}", flush=True)
