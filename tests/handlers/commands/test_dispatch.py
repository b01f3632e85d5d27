"""A line of text finds its subcommand, or becomes a free question; what can't be asked is said."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.errors import QuestionError
from bot.models import Answer, Asker, Phrase, Reply, Span
from bot.reference import Reference
from bot.services import Services
from bot.settings import Settings
from bot.store import Database
from handlers.commands import registry
from handlers.commands._dispatch import dispatch
from tests.handlers.slack import _corpus

ASKER = Asker("T1", "U1")


@dataclass
class Listener:
    """Keeps the questions that search is asked."""

    asked: list[str] = field(default_factory=list)

    async def answer(self, asker: Asker, question: str) -> Reply:
        self.asked.append(question)
        found = (Answer("quote", "x", (Span(0, 1),), 1, "s", 1.0),)
        return Reply(question, Phrase("search.nothing", {"articles": 3}), found, articles_searched=3)


@pytest.fixture
def services(sqlite_database: Database) -> Services:
    """Services whose search only listens."""
    settings = Settings(_env_file=None)
    return Services(settings, Reference(), sqlite_database, None, Listener(), None, None)  # type: ignore[arg-type]


def asked(services: Services) -> list[str]:
    """Return what search was asked."""
    assert isinstance(services.searcher, Listener)
    return services.searcher.asked


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("who mentioned Greenland", "who mentioned Greenland"),
        ("  WHO   mentioned\nGreenland ", "who mentioned Greenland"),
        ("what did Holm say about ice?", "what did Holm say about ice?"),
        ("verify “never closed", "verify “never closed"),
        ("Greenland", "Greenland"),
        ("is the harbour for sale?", "is the harbour for sale?"),
        ("quotes about a sour mayor", "quotes about a sour mayor"),
    ],
)
async def test_search_gets_the_complete_question(services: Services, typed: str, question: str) -> None:
    await dispatch(services, ASKER, typed)
    assert asked(services) == [question]


@pytest.mark.parametrize(("typed", "meant"), [("quots", "quotes"), ("verfy", "verify"), ("hlep", "help")])
async def test_a_mistyped_subcommand_alone_is_offered(services: Services, typed: str, meant: str) -> None:
    reply = await dispatch(services, ASKER, typed)
    assert meant in reply.choices and not asked(services)


@pytest.mark.parametrize("name", ["who", "quotes", "facts", "verify", "did", "what"])
async def test_a_subcommand_alone_says_what_is_missing(services: Services, name: str) -> None:
    await _corpus.save(services.db, "T1")
    reply = await dispatch(services, ASKER, name)
    assert reply.headline.key == "commands.incomplete" and not asked(services)


async def test_a_question_may_not_be_endless(services: Services) -> None:
    await dispatch(services, ASKER, "x" * 4_000)
    with pytest.raises(QuestionError, match="at most 4,000"):
        await dispatch(services, ASKER, "x" * 4_001)


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "help", "/help", "Hello!", "good morning"])
async def test_nothing_is_answered_with_help(services: Services, typed: str) -> None:
    reply = await dispatch(services, ASKER, typed)
    assert reply.headline.key == "search.empty_corpus" and reply.sections


async def test_help_offers_questions_about_the_own_articles(services: Services) -> None:
    await _corpus.save(services.db, "T1")
    reply = await dispatch(services, ASKER, "help")
    assert "who mentioned harbour" in reply.choices and "quotes Per Lind" in reply.choices
    assert (await dispatch(services, Asker("T2"), "help")).choices == ()


async def test_sources_lists_the_workspaces_articles(services: Services) -> None:
    await _corpus.save(services.db, "T1")
    reply = await dispatch(services, ASKER, "sources")
    assert [len(s.lines) for s in reply.sections] == [3]
    assert len((await dispatch(services, ASKER, "sources ferry")).sections[0].lines) == 1
    none = await dispatch(services, ASKER, "sources of the nile")
    assert none.headline.key == "commands.no_source"
    assert (await dispatch(services, Asker("T2"), "sources")).headline.key == "search.empty_corpus"


def test_every_subcommand_explains_itself() -> None:
    for name, command in registry().items():
        assert command.usage.startswith(name) and command.summary.startswith("commands.")
