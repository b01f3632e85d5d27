"""The shared parse: paragraphs stand where the article has them."""

from datetime import UTC, datetime

import pytest

from bot.errors import SettingError
from bot.extract import Extractor, _nlp
from bot.models import Article, Mask, Span
from bot.reference import Reference

EXTRACTOR = Extractor(Reference())


def article(text: str, **more: object) -> Article:
    return Article("test", text, "0", datetime(2026, 2, 14, tzinfo=UTC), **more)  # type: ignore[arg-type]


def standing(text: str, **more: object) -> list[str]:
    return [piece.span.of(text) for piece in _nlp.paragraphs(article(text, **more))]


def test_every_line_is_a_paragraph() -> None:
    assert standing("One.\n\n  Two. \nThree.\n") == ["One.", "Two.", "Three."]


def test_lines_broken_for_width_are_one_paragraph() -> None:
    lines = [
        "The ministers met in the old town hall and spoke",
        "until late in the evening about what they would",
    ]
    text = "\n".join([*lines, "not do next."])
    assert standing(text) == [text]


def test_masked_text_is_left_out() -> None:
    assert standing("Keep. Share this! Keep too.", masks=(Mask(Span(6, 17), "share"),)) == [
        "Keep.",
        "Keep too.",
    ]


def test_other_languages_have_no_paragraphs() -> None:
    assert standing("Der Minister sagte nichts.", language="de") == []
    assert EXTRACTOR.findings(article("Der Minister sagte nichts.", language="de")).sentences == ()


def test_long_paragraphs_are_cut_between_sentences() -> None:
    text = "The minister spoke for a long time. " * 600
    pieces = standing(text)
    assert all(len(piece) <= _nlp.LONGEST and piece.endswith("time.") for piece in pieces)
    assert " ".join(pieces) == text.strip()


def test_tokens_stand_where_the_article_has_them() -> None:
    text = "Headline here\n\nThe\u00a0minister spoke.\tHe left.\n\n\nShe stayed."
    for parsed in _nlp.parse(_nlp.load(EXTRACTOR.model), [article(text), article(""), article(text)]):
        for paragraph in parsed.paragraphs:
            for token in paragraph.doc:
                start = paragraph.start + token.idx
                assert token.is_space or parsed.article.text[start : start + len(token)] == token.text


def test_sentences_of_many_articles_come_in_order() -> None:
    articles = [article("One spoke. Two left."), article(""), article("Three stayed at home.")]
    found = [
        [s.of(a.text) for s in f.sentences]
        for a, f in zip(articles, EXTRACTOR.findings_many(articles), strict=True)
    ]
    assert found == [["One spoke.", "Two left."], [], ["Three stayed at home."]]


def test_a_missing_model_is_said() -> None:
    with pytest.raises(SettingError, match="no_such_model"):
        Extractor(Reference(), "no_such_model").findings(article("Text."))
