"""One folded word for all that a desk's files know as the same."""

from __future__ import annotations

import pytest

from bot.digest.folding import Folding
from tests.eval.themes import known

FOLDING = Folding(known())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defense spending", "defence spending"),
        ("Moscow", "Russian"),
        ("immigration", "mass migration"),
        ("U.S.", "American"),
        ("Mr. Rutte’s", "Mark Rutte"),
        ("trans-Atlantic", "transatlantic"),
    ],
)
def test_spellings_demonyms_and_names_fold_into_one_word(one: str, other: str) -> None:
    assert FOLDING.tokens(one)[-1] == FOLDING.tokens(other)[-1]


def test_the_pronoun_us_is_no_country() -> None:
    assert FOLDING.tokens("They told us and the US") == (*FOLDING.tokens("told"), "united_states")


def test_a_name_of_several_words_also_says_its_places() -> None:
    assert FOLDING.tokens("the war in Ukraine", places=True) == ("russia_ukraine_war", "ukraine")
