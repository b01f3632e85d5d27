"""Mentions: people, places, organisations, programmes and terms, each under one name."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from bot.extract import Extractor
from bot.models import Article, EntityKind, Mention, Person, Term
from bot.reference import Reference

REFERENCE = Reference(
    people=(Person("Ingrid Solheim", roles=("Norwegian foreign minister",)),),
    terms=(
        Term("Norway", EntityKind.PLACE, demonyms=("Norwegian",), also=("Oslo",)),
        Term("United States", EntityKind.PLACE, abbreviations=("US", "U.S.")),
        Term("Poland", EntityKind.PLACE, demonyms=("Polish", "Pole", "Poles")),
        Term("defence", spellings=("defense",)),
    ),
)
EXTRACTOR = Extractor(REFERENCE)


def mentions(text: str) -> list[Mention]:
    article = Article("t", text, "h", datetime(2026, 2, 14, tzinfo=UTC))
    return list(EXTRACTOR.findings(article).mentions)


def entities(text: str) -> dict[str, str]:
    return {mention.span.of(text): mention.entity for mention in mentions(text)}


@pytest.mark.parametrize(
    ("sentence", "printed", "entity"),
    [
        ("Ministers met in Norway on Monday.", "Norway", "Norway"),
        ("The Norwegian delegation left early.", "Norwegian", "Norway"),
        ("Norway and its partners met; Oslo declined.", "Oslo", "Norway"),
        ("A ship sailed from Bergen to the U.S. coast.", "U.S.", "United States"),
        ("It depends on defense cooperation.", "defense", "defence"),
        ("Ingrid Solheim spoke. Later Solheim left.", "Solheim", "Ingrid Solheim"),
        (
            "The Coastal Repair Fund (CRF) pays. Poland joined the CRF in May.",
            "CRF",
            "Coastal Repair Fund",
        ),
        (
            "The Coastal Repair Fund, known as CRF, pays. Poland joined the CRF in May.",
            "CRF",
            "Coastal Repair Fund",
        ),
        ("The waters north of the strait (known as the Keld gap) are deep.", "Keld gap", "Keld gap"),
        ("She studies at the Tromso Institute for Polar Affairs.", "Tromso Institute for Polar Affairs", ""),
    ],
)
def test_every_form_counts_for_its_entity(sentence: str, printed: str, entity: str) -> None:
    assert entities(sentence).get(printed) == (entity or printed)


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("They told us nothing.", "us"),
        ("A pole fell on the road.", "pole"),
        ("Diplomats in Oslo waited.", "Norway"),
        ("Success would take years.", "Success"),
    ],
)
def test_what_only_looks_like_a_form_is_none(sentence: str, never: str) -> None:
    found = entities(sentence)
    assert never not in found
    assert never not in found.values()


def test_programmes_are_told_by_their_words() -> None:
    text = "Poland joined the Coastal Repair Fund last year."
    assert [m.kind for m in mentions(text) if m.entity == "Coastal Repair Fund"] == [EntityKind.PROGRAMME]


def test_a_mention_knows_the_quotation_around_it() -> None:
    text = "“We count on Norway,” Ingrid Solheim said in Poland."
    places = {m.entity: m.quotation for m in mentions(text)}
    assert places["Norway"] == 0
    assert places["Poland"] is None


def test_mentions_never_overlap() -> None:
    text = "The Polish Ministry of Coastal Affairs (PMCA) and Norway met U.S. envoys; the PMCA paid."
    spans = [m.span for m in mentions(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
