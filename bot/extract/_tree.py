"""A parsed paragraph as plain columns: reading a token's column costs a list access, not a spaCy object."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, ORTH, POS, SPACY, TAG
from spacy.tokens import Doc

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Columns over the tokens of one document; `head`, `lefts` and `rights` are token numbers.

    `lefts` and `rights` are the first and last token of the subtree. `sentences` are token ranges.
    """

    text: str
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    entities: list[str]
    head: list[int]
    starts: list[int]
    ends: list[int]
    lefts: list[int]
    rights: list[int]
    children: list[list[int]]
    sentences: list[tuple[int, int]]

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first child of a token under one of these relations."""
        return next((c for c in self.children[token] if self.deps[c] in deps), None)

    def slice(self, start: int, end: int) -> str:
        """Return the text of the tokens from `start` up to, not including, `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def nominal(self, token: int) -> bool:
        """Say whether a token is a noun, name, pronoun or number."""
        return self.pos[token] in _NOMINAL

    def at(self, offset: int, low: int = 0) -> int:
        """Return the token that covers a character offset, or the first one after it."""
        high = len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def tree(doc: Doc) -> Tree:
    """Read the columns of a document; linear in its length."""
    table = doc.to_array([DEP, POS, TAG, LEMMA, ENT_TYPE, ORTH, HEAD, SPACY])
    strings = doc.vocab.strings
    columns = [table[:, column].tolist() for column in range(6)]
    names = {key: strings[key] for key in set().union(*columns)}
    deps, pos, tags, lemmas, entities, words = ([names[key] for key in column] for column in columns)
    head = (np.arange(len(doc)) + table[:, 6].astype(np.int64)).tolist()
    lengths = [len(word) for word in words]
    after = [length + space for length, space in zip(lengths, table[:, 7].tolist(), strict=True)]
    starts = [0, *accumulate(after)][:-1]
    children: list[list[int]] = [[] for _ in words]
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
    lefts, rights = _edges(head)
    return Tree(
        text=doc.text,
        words=words,
        lemmas=[lemma.lower() for lemma in lemmas],
        pos=pos,
        tags=tags,
        deps=deps,
        entities=entities,
        head=head,
        starts=starts,
        ends=[start + length for start, length in zip(starts, lengths, strict=True)],
        lefts=lefts,
        rights=rights,
        children=children,
        sentences=[(sentence.start, sentence.end) for sentence in doc.sents],
    )


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """First and last token of each subtree, passed upwards until an ancestor already reaches as far."""
    lefts, rights = list(range(len(head))), list(range(len(head)))
    for token, above in enumerate(head):
        node = above
        while lefts[node] > token:
            lefts[node], node = token, head[node]
        node = above
        while rights[node] < token:
            rights[node], node = token, head[node]
    return lefts, rights
