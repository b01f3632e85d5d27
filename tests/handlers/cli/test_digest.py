"""`msc digest`, as a user types it: ingest the seeds, then ask for a day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.errors import UsageError
from bot.render.validate import faults
from handlers.cli import build


def digest(seeded: Path, *words: str) -> Result:
    return CliRunner().invoke(build(), ["digest", *words], env={"MSC_DATA_DIR": str(seeded)})


def as_json(seeded: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(digest(seeded, "--format", "json", *words).stdout)
    return found


def test_a_day_has_themes_whose_quotations_stand_in_the_files(seeded: Path) -> None:
    found = as_json(seeded, "--day", "2026-02-14")
    assert found["day"] == "2026-02-14"
    assert found["articles"] == 2
    titles = [theme["title"] for theme in found["themes"]]
    assert any("igration" in title for title in titles)
    for theme in found["themes"]:
        assert {"title", "state", "why", "articles", "quotes", "members"} <= set(theme)
        for quote in theme["quotes"]:
            if quote["file"].endswith((".txt", ".md")):
                text = Path(quote["file"]).read_bytes().decode()
                assert text[quote["start"] : quote["end"]] == quote["quote"]


def test_all_takes_every_article_whatever_its_day(seeded: Path) -> None:
    found = as_json(seeded, "--all")
    assert (found["day"], found["articles"], found["sponsored"]) == ("all", 8, 1)
    assert len(found["themes"]) >= 8


def test_the_same_question_gives_the_same_bytes(seeded: Path) -> None:
    assert (
        digest(seeded, "--all", "--format", "json").stdout
        == digest(seeded, "--all", "--format", "json").stdout
    )


@pytest.mark.parametrize("most", ["1", "5", "8"])
def test_the_messages_pass_the_validator(seeded: Path, most: str) -> None:
    messages = json.loads(digest(seeded, "--all", "--format", "slack", "--themes", most).stdout)
    assert len(messages) > 1
    for message in messages:
        assert faults("message", message["blocks"], message["text"]) == []


def test_the_text_says_why_now_in_counts(seeded: Path) -> None:
    said = digest(seeded, "--day", "2026-02-14").stdout
    assert "Themes of 14 Feb 2026" in said
    assert "2 articles from 2 sources" in said
    assert "in the 14 days before" in said


def test_a_day_without_articles_says_so(seeded: Path) -> None:
    assert digest(seeded, "--day", "2020-01-01").stdout == "There are no articles of 1 Jan 2020.\n"


def test_only_sponsored_articles_are_no_reason_for_a_digest(seeded: Path) -> None:
    assert "sponsored" in as_json(seeded, "--day", "2026-02-13")["skip"]


@pytest.mark.parametrize(("day", "said"), [("tomorrow-ish", "is no date"), ("2999-01-01", "lies ahead")])
def test_a_day_that_cannot_be_is_told(seeded: Path, day: str, said: str) -> None:
    result = digest(seeded, "--day", day)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
