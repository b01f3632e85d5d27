"""`msc report`: a page and Markdown for a period, or one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.errors import UsageError
from handlers.cli import build


def test_a_conference_is_handed_on_as_a_page_and_as_markdown(seeded: Path, tmp_path: Path) -> None:
    wanted = ["report", "--from", "2026-02-11", "--to", "2026-02-16", "--output", str(tmp_path)]
    result = CliRunner().invoke(build(), wanted, env={"MSC_DATA_DIR": str(seeded)})
    assert result.exit_code == 0, result.output
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Themes from 11 Feb 2026 to 16 Feb 2026" in page
    assert "data:image/png;base64," in page
    assert re.search(r'<img[^>]+alt="Quotations a day[^"]+\d', page)
    assert not re.search(r'(?:src|href)="(?!data:|#|https://harbourpost)', page)
    assert "<script" not in page
    assert re.search(r"<strong>Kaja Kallas</strong>[^<]*: \d", page)
    words = (tmp_path / "report.md").read_text("utf-8")
    assert words.startswith("# Themes from 11 Feb 2026 to 16 Feb 2026")
    assert "mass migration as a force that destabilises Western societies" in words


def test_a_period_without_articles_says_so(seeded: Path, tmp_path: Path) -> None:
    wanted = ["report", "--from", "2020-01-01", "--to", "2020-01-02", "--output", str(tmp_path)]
    result = CliRunner().invoke(build(), wanted, env={"MSC_DATA_DIR": str(seeded)})
    assert "no articles" in result.stderr
    assert "no articles" in (tmp_path / "report.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "2026-02-16", "--to", "2026-02-11"], "ends before it begins"),
        (["--from", "someday"], "is no date"),
        (["--from", "2999-01-01"], "ends before it begins"),
        (["--from", "2001-01-01"], "at most 366 days"),
    ],
)
def test_a_period_that_cannot_be_is_told(seeded: Path, options: list[str], said: str) -> None:
    result = CliRunner().invoke(build(), ["report", *options], env={"MSC_DATA_DIR": str(seeded)})
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
