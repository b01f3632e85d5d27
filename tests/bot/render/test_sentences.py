"""Every sentence of ours as its reader sees it, in each language: refusals, notices, labels and hints."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.models import Phrase
from bot.render import blocks, catalogue
from bot.render.validate import faults

SECTIONS = sorted({key.partition(".")[0] for key in catalogue.load(catalogue.FALLBACK).phrases})
DAYS = {"day", "start", "end", "published"}
MOMENTS = {"next", "since", "until"}


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", catalogue.languages())
def test_every_sentence_reads_as_it_did(language: str, section: str, snapshot: SnapshotAssertion) -> None:
    said = {}
    for key, words in catalogue.load(language).phrases.items():
        if key.startswith(f"{section}."):
            sentence = catalogue.say(Phrase(key, values(words)), language, "Europe/Berlin")
            fallback, drawn = blocks.sentence(sentence)
            assert faults("message", drawn, fallback) == []
            said[key] = sentence
    assert said == snapshot.use_extension(JSONSnapshotExtension)


def values(words: str) -> dict[str, Any]:
    """Return a value for each name in a sentence: two of what is counted, a day, a moment, or a name."""
    named = [(name, noun) for _, name, noun, _ in string.Formatter().parse(words) if name]
    return {name: _value(name, noun or "") for name, noun in named}


def _value(name: str, noun: str) -> object:
    if noun:
        return 2
    if name in DAYS:
        return date(2026, 2, 14)
    return datetime(2026, 2, 14, 7, 30, tzinfo=UTC) if name in MOMENTS else f"‹{name}›"
