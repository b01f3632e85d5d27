"""Who said what: every finding is a slice, attributed to the one who said it."""

from datetime import UTC, datetime

from bot.extract import Extractor
from bot.models import Article, Findings, QuotationKind
from bot.reference import Reference

EXTRACTOR = Extractor(Reference())


def read(text: str) -> Findings:
    return EXTRACTOR.findings(Article("test", text, "0", datetime(2026, 2, 14, tzinfo=UTC)))


def said(text: str) -> list[tuple[str | None, list[str]]]:
    return [(q.speaker, [s.of(text) for s in q.content]) for q in read(text).quotations]


def test_direct_words_go_to_the_one_who_says_them() -> None:
    text = "“We will keep the bridge open,” said Amina Okafor, the harbour minister. “It is our only road.”"
    (quotation,) = read(text).quotations
    assert quotation.speaker == "Amina Okafor"
    assert quotation.kind is QuotationKind.DIRECT
    assert [s.of(text).strip("“”,.") for s in quotation.content] == [
        "We will keep the bridge open",
        "It is our only road",
    ]


def test_a_clause_is_reported_speech() -> None:
    text = "Amina Okafor saw the harbour. She warned that the old bridge would not last the winter."
    assert said(text) == [("Amina Okafor", ["that the old bridge would not last the winter"])]


def test_a_quoted_name_without_a_speaker_is_no_quotation() -> None:
    assert said("The film “The Long Winter of the North” opened in Oslo. It runs for two hours.") == []


def test_for_her_part_tells_who_she_is_though_the_given_name_is_a_mans() -> None:
    text = "Obama opened the pier. For her part, Aung San Hlaing chaired a meeting. “It unites us,” she said."
    assert said(text)[-1][0] == "Aung San Hlaing"


def test_a_town_that_somebody_moved_to_says_nothing() -> None:
    text = (
        "Rahim Noori moved to Lundby from Oslo. He found a flat in Lundby.\n\n"
        "He got a boat and a job on the pier, and Lundby became his home.\n\n"
        "“The sea is calm here,” he said with a smile."
    )
    assert said(text) == [("Rahim Noori", ["The sea is calm here"])]
