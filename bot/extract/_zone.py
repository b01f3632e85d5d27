"""Keeps a long-running pipeline from growing: what it learnt of new words is freed every few articles."""

from __future__ import annotations

from contextlib import ExitStack

from spacy.language import Language

ARTICLES = 200


class Zone:
    """spaCy's memory zone, renewed every `ARTICLES` articles; for a process in which one thread parses.

    A vocabulary keeps every word it ever saw: a megabyte or two for a thousand short reports, for ever.
    """

    def __init__(self) -> None:
        self._open = ExitStack()
        self._articles = 0

    def step(self, nlp: Language) -> None:
        """Count an article before it is parsed; no document of earlier ones may be looked at any more."""
        if self._articles % ARTICLES == 0:
            self._open.close()
            self._open.enter_context(nlp.memory_zone())
        self._articles += 1
