"""`msc why FILE` tells a reader what was left out and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from handlers.cli import why

TEXT = """Ministers agree on ships

By Ada Brook
SPONSORED CONTENT

OSLO, 3 March 2026 — The ministers agreed on new ships for the north on Tuesday, an official said.

Share this article
"""


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.callback()(lambda: None)
    why.register(app)
    return app


def test_it_shows_rule_line_and_excerpt_and_what_was_understood(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "ships.txt").write_text(TEXT)
    result = CliRunner().invoke(app, ["why", str(tmp_path / "ships.txt")])
    assert result.exit_code == 0
    assert "Ministers agree on ships" in result.output
    assert "Ada Brook" in result.output
    assert "3 March 2026" in result.output
    assert "because it says “SPONSORED CONTENT”" in result.output
    assert "line    8  share       asks to share or to follow" in result.output


def test_as_json_every_span_is_a_slice(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "ships.txt").write_text(TEXT)
    result = CliRunner().invoke(app, ["why", "--format", "json", str(tmp_path / "ships.txt")])
    facts = json.loads(result.output)
    assert [left["rule"] for left in facts["left_out"]] == ["byline", "kind label", "dateline", "share"]
    assert all(TEXT[slice(*left["span"])] == left["text"] for left in facts["left_out"])
    assert facts["published"] == "2026-03-03"


def test_a_clean_file_and_a_missing_one(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("The ministers met in Oslo and talked about ships for an hour.")
    result = CliRunner().invoke(app, ["why", str(tmp_path / "gone.txt"), str(tmp_path / "plain.txt")])
    assert result.exit_code == 1
    assert "gone.txt: does not exist" in result.stderr
    assert "Nothing was left out." in result.stdout


def test_characters_that_steer_a_terminal_are_not_printed(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(
        "A calm sentence stands here.\n\n© 2026 \x1b[31mPaper\x07. All rights reserved.\n"
    )
    result = CliRunner().invoke(app, ["why", str(tmp_path / "odd.txt")])
    assert "\x1b" not in result.output and "\x07" not in result.output


def test_another_language_is_said(app: typer.Typer, tmp_path: Path) -> None:
    text = "Die Minister haben sich am Dienstag in Oslo getroffen und über die neuen Schiffe gesprochen."
    (tmp_path / "de.txt").write_text(text)
    result = CliRunner().invoke(app, ["why", str(tmp_path / "de.txt")])
    assert "de; only English is read" in result.output
