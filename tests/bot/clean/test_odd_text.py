"""Odd text never raises and costs time in proportion to its length."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

import pytest

from bot.models import Article

Cleaned = Callable[..., Article]
SENTENCE = "the minister said that “ships” would come to the harbour, and nobody knew when. "
ODD = {
    "10,000 marks": "“" * 10_000,
    "10,000 straight marks apart": '" ' * 10_000,
    "a paragraph of 200,000 words": SENTENCE * 15_000,
    "200,000 words without punctuation": "word " * 200_000,
    "one word of a megabyte": "a" * 1_000_000,
    "100,000 digits": "1 " * 100_000,
    "50,000 short lines": "Talks\n" * 50_000,
    "links without end": "Related\n" + "How the ships came\n" * 20_000,
    "labels without end": "Recommended\n" * 20_000,
    "notices without end": "x y z.\n" * 20_000 + "NOTICE\n" * 20_000,
    "one paragraph again and again": (SENTENCE + "\n") * 5_000,
    "names without end": "By " + "Ada Brook, " * 50_000,
    "open brackets": "[" * 100_000 + "](x)",
    "front matter without end": "---\n" + "key: value\n" * 20_000,
    "white space": "a" + " " * 300_000 + "b" + "\n" * 100_000 + "c",
    "zero bytes": "a\x00b " * 50_000,
    "zero-width characters": "\u200b" * 100_000 + "a\u200bb " * 1_000,
    "right to left": "שלום עולם " * 30_000,
    "marks of direction": "\u202eabc\u202c " * 20_000,
    "letters and combining marks": "e\u0301\u0323" * 50_000,
    "damaged encoding": "â€œyesâ€\x9d " * 20_000,
    "emoji": "👩‍👩‍👧‍👦 " * 20_000,
}


def _calls(run: Callable[[], object]) -> int:
    """Return how many Python and C functions `run` calls: a measure of work that no clock disturbs."""
    count = 0

    def counted(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_kept_as_it_is(cleaned: Cleaned, name: str) -> None:
    article = cleaned(ODD[name])
    assert article.text == ODD[name]
    assert all(mask.span.end <= len(article.text) for mask in article.masks)


@pytest.mark.parametrize(
    "piece", ["Talks\n", "Related\n", SENTENCE, SENTENCE + "\n", "Related\nA ship\n", "“ "]
)
def test_ten_times_the_text_is_at_most_twelve_times_the_work(cleaned: Cleaned, piece: str) -> None:
    cleaned(piece)
    few, many = (_calls(partial(cleaned, piece * n)) for n in (300, 3000))
    assert many <= 12 * few


def test_a_word_broken_by_a_scanner_stays_broken_in_the_text(cleaned: Cleaned) -> None:
    text = "The minister opened the har-\nbour on Monday, and the ships that had been wait-\ning came in."
    assert cleaned(text).text == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Minister sagte am Montag, dass der Hafen im Frühjahr öffnet und die Schiffe kommen.", "de"),
        (
            "Le ministre a dit lundi que le port serait ouvert au printemps et que les navires viendraient.",
            "fr",
        ),
        ("El ministro dijo el lunes que el puerto se abriría en primavera y que los barcos vendrían.", "es"),
        ("Министр сказал в понедельник, что порт откроется весной и корабли придут.", "ru"),
        ("Міністр сказав у понеділок, що порт відкриється навесні і кораблі прийдуть.", "uk"),
        ("部长星期一说，港口将在春天开放，船只将会到来。", "zh"),
        ("The minister said on Monday that the harbour would open in spring and ships would come.", "en"),
        ("Ships.", "en"),
        (
            "“Servus”, said Merz in München in the hall, and Zelenskyy answered with a “Слава” to all of us.",
            "en",
        ),
    ],
)
def test_the_language_is_told(cleaned: Cleaned, text: str, code: str) -> None:
    assert cleaned(text).language == code
