"""What the index takes down of a quotation: its words, and those that it points back to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Findings, Span
from bot.store.passages import BEFORE, index
from tests.bot.search.conftest import article, quoted


@pytest.mark.parametrize(
    ("cue", "said", "points"),
    [
        ("say", "that those levels will fall", True),
        ("say", "Such a force is too small", True),
        ("say", "It will not do", True),
        ("reply", "that the ice brings more of them soon", True),
        ("say", "that the ferry sails in all weather", False),  # "that" joins, it points to nothing
        ("say", "that Norway pays for what it orders", False),  # "it" is Norway
    ],
)
def test_a_quotation_that_points_back_takes_the_words_before_along(cue: str, said: str, points: bool) -> None:
    text = f"The troops stay in the harbour. Siri Vang said {said}.\n"
    quotation = replace(quoted(text, said, "Siri Vang"), cue_lemma=cue)
    findings = Findings(quotations=(quotation,), sentences=(Span(0, 31), quotation.sentence))
    tokens = index(article("harbour.txt", text, None), findings).passages[0].others
    assert (f"{BEFORE}troop" in tokens) is points
