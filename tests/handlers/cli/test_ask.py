"""`msc ask`: words for people, a JSON line a question for programs, and why each answer stands there."""

from __future__ import annotations

from dataclasses import replace

from bot.models import Phrase, Reply
from handlers.cli.ask import as_json, explained
from tests.bot.render.samples import answer


def _reply() -> Reply:
    found = replace(answer(), score=0.8, why=(("words", 0.75), ("direct", 0.05), ("fit", 0.0)))
    understood = (Phrase("understood.mention"), Phrase("understood.absent", {"typed": "Taiwan"}))
    return Reply("q", Phrase("search.nothing", {"articles": 1}), answers=(found,), understood=understood)


def test_an_explanation_tells_how_the_question_was_read_and_what_each_score_is_made_of() -> None:
    assert explained(_reply()) == [
        "Asked: who mentioned it.",
        "Word “Taiwan”: stands nowhere in the articles.",
        "1. 0.80: words asked for +0.75, directly quoted +0.05",
    ]


def test_json_explains_itself_only_when_asked() -> None:
    plain, full = as_json("q", _reply()), as_json("q", _reply(), explain=True)
    assert "understood" not in plain
    assert "why" not in plain["answers"][0]
    assert full["understood"][0] == "Asked: who mentioned it."
    assert full["answers"][0]["why"] == {"words": 0.75, "direct": 0.05, "fit": 0.0}
