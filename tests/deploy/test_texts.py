"""The texts for operators and for Slack's Marketplace name what exists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer.main

from handlers import cli
from handlers.web import health, public
from tests.test_readme import variables

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
TEXTS = sorted(p for p in DEPLOY.rglob("*.md"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_what_a_text_links_to_exists(path: Path) -> None:
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in linked if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_a_variable_in_a_text_is_a_setting(path: Path) -> None:
    named = set(re.findall(r"\b(?:MSC|SLACK)_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named <= set(variables())


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_a_command_in_a_text_is_one_that_msc_has(path: Path) -> None:
    known = typer.main.get_command(cli.build()).commands  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:^|`|-- )msc ([a-z]+)", path.read_text(encoding="utf-8"), re.M))
    assert named <= set(known)


def test_the_addresses_for_operators_are_explained() -> None:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert [r.path for r in health.routes({}) if f"| `{r.path}` |" not in text] == []


def test_the_marketplace_text_gives_a_reason_for_each_scope_and_the_pages_it_asks_for() -> None:
    text = (DEPLOY / "marketplace.md").read_text(encoding="utf-8")
    manifest = json.loads((DEPLOY / "slack" / "manifest-http.json").read_text(encoding="utf-8"))
    table = text.partition("## Scopes")[2].partition("##")[0]
    explained = set(re.findall(r"`([a-z_]+(?::[a-z]+)?)`", table))
    assert explained == set(manifest["oauth_config"]["scopes"]["bot"])
    assert [path for path in public.PATHS if f"`{path}`" not in text] == []
    words = manifest["display_information"]
    assert words["description"] in text and words["long_description"] in text.replace("\n", " ")
