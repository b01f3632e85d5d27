"""`msc inspect`: a page or a drawing of one article, and one clear sentence where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.errors import SourceError
from handlers.cli import build

RUNNER = CliRunner()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(
        "Norway delivered 40 tanks to Estonia in March 2025, Anna Lind said on Monday.\n", "utf-8"
    )
    return path


def test_a_page_is_written_where_asked(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "page.html"
    result = RUNNER.invoke(build(), ["inspect", str(source), "--output", str(output)])
    assert result.exit_code == 0
    assert output.read_text("utf-8").startswith("<!doctype html>")


def test_without_a_terminal_the_page_goes_to_standard_output(source: Path) -> None:
    result = RUNNER.invoke(build(), ["inspect", str(source)])
    assert result.stdout.startswith("<!doctype html>")


def test_text_shows_labels(source: Path) -> None:
    result = RUNNER.invoke(build(), ["inspect", str(source), "--format", "text"])
    assert "[F1]" in result.stdout
    assert "[Q1 speaker]" in result.stdout


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    result = RUNNER.invoke(build(), ["inspect", str(tmp_path / "none.txt")])
    assert isinstance(result.exception, SourceError)


def test_a_folder_that_is_missing_for_the_output_is_one_sentence(source: Path, tmp_path: Path) -> None:
    result = RUNNER.invoke(build(), ["inspect", str(source), "-o", str(tmp_path / "no" / "page.html")])
    assert isinstance(result.exception, SourceError)
    assert "can't be written" in str(result.exception)
