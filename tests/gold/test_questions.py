"""Our own questions over our own articles keep their floor; everything shown is a slice of its article."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot import reference
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.models import Answer, Asker
from bot.search import Searcher
from bot.settings import Settings
from bot.store import Database, articles
from handlers.cli.ask import explained
from tests.eval.questions import ROOT, own

FORMS = (
    "who mentioned {0}", "what did {0} say about {1}", "quotes about {0} {1}", "did {0} say {1} {2}",
    "{0} {1}", "how many {0} {1}", 'verify "{0} {1} {2} {3}"', "which article mentions {0}",
    "who rejected {0}", "{0} on {1}", "{0} {1} {2} {3}", "which article is from the Harbour Post",
)  # fmt: skip


@pytest.fixture(scope="module")
def known() -> reference.Reference:
    """The editable files as they ship."""
    chosen = Settings(_env_file=None)
    return reference.load(chosen.people, chosen.terms)


def test_our_questions_get_their_answers() -> None:
    scores = own()
    assert scores.top(1) >= 0.95
    assert scores.top(3) >= 0.96
    assert scores.false_answers() <= 0.05


def is_verbatim(answer: Answer, text: str) -> bool:
    """Say whether an answer and its context are slices of the article."""
    whole = answer.text == " […] ".join(span.of(text) for span in answer.spans)
    return whole and answer.context in text and len(answer.context) <= 600


async def test_whatever_is_asked_every_answer_is_verbatim(
    known: reference.Reference, sqlite_database: Database
) -> None:
    texts: dict[int, str] = {}
    extractor = Extractor(known)
    for raw in files.read([str(Path(ROOT) / "seeds" / "articles")]):
        assert not isinstance(raw, SourceError)
        article = clean(raw)
        saved = await articles.save(sqlite_database, "W1", article, extractor.findings(article))
        texts[saved.article_id] = article.text
    rng = random.Random()
    words = [w for text in texts.values() for w in text.split()]
    searcher, shown = Searcher(sqlite_database, known), 0
    for _ in range(400):
        question = rng.choice(FORMS).format(*rng.sample(words, 4))
        reply = await searcher.answer(Asker("W1"), question)
        assert len(explained(reply)) >= len(reply.answers), question
        for answer in (*reply.answers, *reply.narration, *reply.nearest):
            text = texts[answer.article_id]
            assert is_verbatim(answer, text), question
            shown += 1
    assert shown > 100
