"""A German reader reads in German why a source can't be read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.fetch import files, http, kinds
from bot.models import Phrase, Reason
from bot.render import catalogue

ROOT = Path(__file__).resolve().parents[3]
STAGES = ("bot/fetch", "bot/clean", "bot/ingest", "bot/store")


def said(path: Path) -> list[str]:
    """Return the reasons that a file writes down, a 7 for each of their values."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = [n for n in tree if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    reasons = [c.args[1] for c in calls if c.func.id == "SourceError" and len(c.args) > 1]  # type: ignore[attr-defined]
    return [words for reason in reasons if (words := written(reason))]


def written(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(written(p) if isinstance(p, ast.Constant) else "7" for p in parts)
        case _:
            return ""


REASONS = sorted({words for stage in STAGES for path in (ROOT / stage).rglob("*.py") for words in said(path)})
FROM_TABLES = [*http._STATUS.values(), http._status(503), http._status(418), *files._REASONS.values()]
OTHERS = [kinds.TOO_LARGE, "is binary, not text", "can't be reached (Connection refused)", "nests too deeply"]


@pytest.mark.parametrize("reason", [*REASONS, *FROM_TABLES, *OTHERS])
def test_every_reason_is_there_in_german(reason: str) -> None:
    assert len(REASONS) > 30
    assert catalogue.reason(reason, "de-DE") != reason
    assert catalogue.reason(reason, "en-GB") == reason


def test_a_reason_keeps_its_values_and_groups_numbers_as_the_reader_does() -> None:
    tags = "is a page of more than 50,000 tags; no article needs so many"
    assert "mehr als 50.000 Tags" in catalogue.reason(tags, "de-DE")
    values = {
        "source": "https://x.example",
        "reason": Reason("is out of order at the moment (503); try again later"),
    }
    drawn = catalogue.say(Phrase("commands.not_added", values), "de-DE")
    assert drawn.startswith("https://x.example: ist gerade außer Betrieb (503)")


def test_a_reason_that_nobody_translated_stays_as_it_was_said() -> None:
    assert catalogue.reason("is {odd} in a new way", "de-DE") == "is {odd} in a new way"
