"""What a process keeps in memory of a workspace: its words and its people, at a version.

A question first reads the workspace's version; what changed since the last one, in whichever process, is
then read and added. Few workspaces are kept at a time; the one that was asked longest ago goes first.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.reference import Reference
from bot.search.people import Directory
from bot.search.vocabulary import Vocabulary
from bot.store import retrieval
from bot.store.reader import Reader
from bot.store.retrieval import State

_KEPT = 32


class Lexicon:
    """The words and people of one workspace, how many articles it has, its newest passage's id."""

    def __init__(self, reference: Reference) -> None:
        self.vocabulary = Vocabulary()
        self.directory = Directory(reference)
        self.articles = 0
        self.newest = 0
        self.number = 0
        self.version = 0
        self.lock = asyncio.Lock()


class Lexicons:
    """The lexicons of the workspaces asked last."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._kept: OrderedDict[str, Lexicon] = OrderedDict()

    async def current(self, reader: Reader, workspace: str, state: State) -> Lexicon:
        """Return the workspace's lexicon, brought up to the version of `state`."""
        lexicon = self._kept.get(workspace)
        if lexicon is None or state.number != lexicon.number or state.version < lexicon.version:
            lexicon = Lexicon(self._reference)
            lexicon.number = state.number
            self._kept[workspace] = lexicon
        self._kept.move_to_end(workspace)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        async with lexicon.lock:
            if lexicon.version < state.version:
                await _take_up(lexicon, reader)
                lexicon.articles = await retrieval.articles(reader, workspace)
                lexicon.newest = await retrieval.newest(reader, workspace)
                lexicon.version = state.version
        return lexicon


async def _take_up(lexicon: Lexicon, reader: Reader) -> None:
    """Take up what changed a part at a time: of a large workspace all of it takes seconds."""
    async for words in retrieval.words_since(reader, lexicon.number, lexicon.version):
        lexicon.vocabulary.update(words)
    async for people in retrieval.speakers_since(reader, lexicon.number, lexicon.version):
        lexicon.directory.update(people)
