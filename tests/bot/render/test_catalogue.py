"""Our sentences in the reader's language."""

from __future__ import annotations

import ast
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.models import Phrase
from bot.render import catalogue

ROOT = Path(__file__).resolve().parents[3]


def test_one_article_and_five_articles() -> None:
    assert catalogue.say(Phrase("card.searched", {"articles": 1})) == "Searched 1 article."
    assert catalogue.say(Phrase("card.searched", {"articles": 5000})) == "Searched 5,000 articles."


def test_dates_follow_the_reader() -> None:
    assert catalogue.day(date(2026, 2, 14), "en-US") == "14 Feb 2026"
    assert catalogue.day(date(2026, 2, 14), "de-DE") == "14.02.2026"
    noon = datetime(2026, 2, 14, 12, 0, tzinfo=UTC)
    assert "13:00" in catalogue.moment(noon, "de-DE", "Europe/Berlin")
    assert "12:00" in catalogue.moment(noon, "de-DE", "No/Where")
    assert catalogue.moment(noon, "en-GB", "UTC") == "14 Feb 2026, 12:00"


@pytest.mark.parametrize("locale", ["tlh", "", "xx-YY", "../../etc", "fr-FR"])
def test_an_unknown_language_reads_english(locale: str) -> None:
    assert catalogue.say(Phrase("button.more"), locale) == "More"


def test_a_value_with_braces_is_only_text() -> None:
    said = catalogue.say(Phrase("search.read_as", {"question": "{question.__class__} {0}"}))
    assert said == "Read as: {question.__class__} {0}"


@pytest.mark.parametrize("language", [x for x in catalogue.languages() if x != catalogue.FALLBACK])
def test_every_sentence_is_translated_with_the_same_values(language: str) -> None:
    english, other = catalogue.load(catalogue.FALLBACK), catalogue.load(language)
    assert set(english.phrases) == set(other.phrases)
    assert set(english.plurals) == set(other.plurals)
    for key, text in english.phrases.items():
        assert names(text) == names(other.phrases[key]), key


def test_every_plural_that_a_sentence_asks_for_exists() -> None:
    for language in catalogue.languages():
        loaded = catalogue.load(language)
        for text in loaded.phrases.values():
            for _, name, spec, _ in string.Formatter().parse(text):
                assert name is None or not spec or spec in loaded.plurals, text


def test_every_phrase_in_the_code_stands_in_the_catalogue() -> None:
    known = set(catalogue.load(catalogue.FALLBACK).phrases)
    missing = {key for path in source_files() for key in phrase_keys(path) if key not in known}
    assert not missing, f"add to bot/render/catalogue/en.toml: {sorted(missing)}"


def names(text: str) -> set[str]:
    """Return the values that a sentence asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def source_files() -> list[Path]:
    """Return every source file of the product."""
    return [p for folder in ("bot", "handlers") for p in (ROOT / folder).rglob("*.py")]


def phrase_keys(path: Path) -> list[str]:
    """Return the literal keys of all Phrase(...) calls in a file."""
    calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    named = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Phrase" and c.args]
    return [str(c.args[0].value) for c in named if isinstance(c.args[0], ast.Constant)]
