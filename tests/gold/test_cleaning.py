"""Cleaning against our own gold: what is left out, exactly, and what the article says of itself."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clean import clean
from bot.models import Article, Raw

FOLDER = Path(__file__).parent / "cleaning"
BODY = """The minister opened the harbour on Monday and praised the builders for their speed.

The builders said that they had worked at night and on Sundays for two years."""
SECOND = """The band of the town played for an hour in the rain, and the children waved flags.

Ships from four countries will come in the spring, the harbour office expects, and more in the summer."""


def _cases() -> list[Any]:
    files = sorted(FOLDER.glob("*.toml"))
    cases = [(f.stem, case) for f in files for case in tomllib.loads(f.read_text("utf-8"))["case"]]
    return [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in cases]


def _article(case: dict[str, Any], newline: str = "\n") -> Article:
    text = case["text"].replace("BODY", BODY, 1).replace("BODY", SECOND, 1).replace("\n", newline)
    return clean(Raw("gold", text.encode(), "text/plain", datetime(2026, 3, 20, tzinfo=UTC)))


@pytest.mark.parametrize("case", _cases())
def test_what_is_left_out(case: dict[str, Any]) -> None:
    article = _article(case)
    out = [[mask.rule, mask.span.of(article.text)] for mask in article.masks]
    assert sorted(out) == sorted(case["out"])


@pytest.mark.parametrize("case", _cases())
def test_what_the_article_says_of_itself(case: dict[str, Any]) -> None:
    article = _article(case)
    said = {
        "title": article.title,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "flags": [[flag.kind.value, flag.span.of(article.text)] for flag in article.flags],
        "headings": [span.of(article.text) for span in article.headings],
    }
    expected = {"title": None, "authors": [], "publisher": None, "published": None, "flags": []} | {
        key: case[key] for key in said if key in case
    }
    assert {key: said[key] for key in expected} == expected


@pytest.mark.parametrize("case", _cases())
def test_other_newlines_change_nothing(case: dict[str, Any]) -> None:
    unix, windows = _article(case), _article(case, "\r\n")
    assert [m.rule for m in windows.masks] == [m.rule for m in unix.masks]
    assert (windows.title, windows.published, windows.authors) == (unix.title, unix.published, unix.authors)
