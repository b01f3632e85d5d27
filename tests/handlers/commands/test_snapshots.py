"""Every subcommand's message, as JSON over a small town's news; a new subcommand without one fails."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.models import Asker
from bot.reference import Reference
from bot.render import blocks, lines, text
from bot.render.lines import Reader
from bot.render.state import State
from bot.render.validate import faults
from bot.search import Searcher
from bot.services import Services
from bot.settings import Settings
from bot.store import Database
from handlers.commands import registry
from handlers.commands._dispatch import dispatch
from tests.handlers.slack import _corpus

TYPED = {
    "add": ["add", "add https://localhost/harbour"],
    "digest": ["digest status", "digest whenever"],
    "did": ["did Ada Holm say the harbour is for sale", "did Siri Vang say the ferry will sail"],
    "facts": ["facts harbour"],
    "help": ["help"],
    "quotes": ["quotes Ada Holm", "quotes Nobody Atall"],
    "sources": ["sources", "sources ferry"],
    "themes": ["themes 10 February 2026", "themes 1 January 2020"],
    "verify": [
        'verify "The ferry will sail in all weather" Siri Vang',
        'verify "Nothing of the kind was said"',
    ],
    "what": ["what did Per Lind say about the harbour"],
    "who": ["who mentioned the harbour", "who mentioned Atlantis"],
    "(free)": ["ferry", "sorces", "and"],
}


@pytest.fixture
async def services(sqlite_database: Database) -> Services:
    """Real search over the articles of a small town."""
    await _corpus.save(sqlite_database, "T1")
    searcher = Searcher(sqlite_database, Reference())
    return Services(Settings(_env_file=None), Reference(), sqlite_database, None, searcher, None, None)  # type: ignore[arg-type]


def test_every_subcommand_has_a_snapshot() -> None:
    assert set(registry()) <= set(TYPED), "add an example of the new subcommand to TYPED"


@pytest.mark.parametrize(
    "typed", [t for some in TYPED.values() for t in some], ids=lambda typed: re.sub(r"\W+", "_", typed)
)
async def test_a_message_looks_as_it_did(services: Services, typed: str, snapshot: SnapshotAssertion) -> None:
    reply = await dispatch(services, Asker("T1", "U1", "C1"), typed)
    fallback, drawn = blocks.draw(reply, Reader(state=State(typed)))
    assert faults("message", drawn, fallback) == []
    assert text.draw(reply)
    assert {"text": fallback, "blocks": drawn} == snapshot.use_extension(JSONSnapshotExtension)


@pytest.mark.parametrize("typed", ["who mentioned the harbour", "facts harbour", "ferry", "quotes Ada Holm"])
async def test_a_first_page_alone_looks_like_the_first_of_all_pages(services: Services, typed: str) -> None:
    asker, reader = Asker("T1", "U1", "C1"), Reader(state=State(typed))
    everything = await dispatch(services, asker, typed)
    first = await dispatch(services, replace(asker, window=lines.FIRST), typed)
    assert blocks.draw(first, reader) == blocks.draw(everything, reader)
    assert first.answers == everything.answers[: lines.PAGE]
    assert [f.speaker for f in first.further] == [a.speaker for a in everything.answers[lines.PAGE :]]
