"""The README says what the code does: settings, subcommands, commands of the terminal, files."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from bot.settings import Settings
from handlers import cli
from handlers.commands import registry

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_table_with_its_default_and_meaning() -> None:
    assert settings_table() in README, f"put this into the README:\n{settings_table()}"


def test_every_setting_stands_in_the_example_of_the_environment() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [name for name in variables() if f"{name}=" not in example] == []


def test_every_subcommand_is_explained() -> None:
    assert [name for name in registry() if f"`/msc {name}" not in README] == []


def test_every_command_of_the_terminal_that_is_shown_exists() -> None:
    known = typer.main.get_command(cli.build()).commands  # type: ignore[attr-defined]
    shown = set(re.findall(r"^(?:\d\. `)?(?:\.venv/bin/)?msc ([a-z]+)", README, re.M))
    assert shown
    assert shown - set(known) == set()


def test_every_file_that_is_linked_exists() -> None:
    linked = [path for path in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in path]
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


def variables() -> dict[str, str]:
    """Return the environment variable of each setting with its description."""
    found = {}
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        found[getattr(alias, "choices", [f"MSC_{name.upper()}"])[0]] = field.description or ""
    return found


def settings_table() -> str:
    """Return the table of the settings as the README is to hold it."""
    rows = [f"| `{name}` | {text} |" for name, text in variables().items()]
    return "\n".join(["| variable | meaning |", "|---|---|", *rows])
