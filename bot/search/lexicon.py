"""What a process keeps in memory of a workspace: its words and its people, at a version.

A question first reads the workspace's version; what changed since the last one, in whichever process, is
then read and added. Few workspaces are kept at a time; the one that was asked longest ago goes first.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.reference import Reference
from bot.search.people import Directory
from bot.search.vocabulary import Vocabulary
from bot.store import retrieval
from bot.store.reader import Reader
from bot.store.retrieval import State

T = TypeVar("T")
_KEPT = 32
_PART = 2_000  # words or people that are taken up at once


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
                words = await retrieval.words_since(reader, state.number, lexicon.version)
                people = await retrieval.speakers_since(reader, state.number, lexicon.version)
                await _taken_up(reader, words, lexicon.vocabulary.update)
                await _taken_up(reader, people, lexicon.directory.update)
                lexicon.articles = await retrieval.articles(reader, workspace)
                lexicon.newest = await retrieval.newest(reader, workspace)
                lexicon.version = state.version
        return lexicon


async def _taken_up(reader: Reader, changes: Sequence[T], update: Callable[[Sequence[T]], None]) -> None:
    """Take up changes a part at a time: of a large workspace all of them take seconds."""
    for start in range(0, len(changes), _PART):
        update(changes[start : start + _PART])
        await reader.pause()
