"""Two texts of one article → the paragraphs in which they differ, word by word; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from rapidfuzz.distance import Indel

from bot.models import DiffWord

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_SIGNS = {"same": "{}", "missing": "[-{}-]", "added": "{{+{}+}}"}
_MOST = 20_000  # words; a longer stretch is shown as gone and come


def changes(earlier: str, later: str) -> Iterator[tuple[DiffWord, ...]]:
    """Yield each changed stretch of paragraphs: words that went are `missing`, words that came `added`."""
    old, new = _PARAGRAPH.findall(earlier), _PARAGRAPH.findall(later)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield tuple(_words(" ".join(old[a:b]).split(), " ".join(new[c:d]).split()))


def signed(words: Sequence[DiffWord]) -> str:
    """Return the words in one line, runs of changed ones in signs: [-gone-] {+come+}."""
    runs: list[tuple[str, list[str]]] = []
    for op, word in words:
        if not runs or runs[-1][0] != op:
            runs.append((op, []))
        runs[-1][1].append(word)
    return " ".join(_SIGNS[op].format(" ".join(run)) for op, run in runs)


def _words(old: list[str], new: list[str]) -> Iterator[DiffWord]:
    if len(old) + len(new) > _MOST:
        yield from (DiffWord("missing", w) for w in old)
        yield from (DiffWord("added", w) for w in new)
        return
    for is_same, run in groupby(Indel.opcodes(old, new), lambda op: op.tag == "equal"):
        ops = list(run)
        gone = [w for op in ops for w in old[op.src_start : op.src_end]]
        come = [w for op in ops for w in new[op.dest_start : op.dest_end]]
        if not is_same:
            yield from (DiffWord("missing", w) for w in gone)
        yield from (DiffWord("same" if is_same else "added", w) for w in come)
