"""The cue lexicon: which words introduce speech, what may hold the content, how the speaker stands to it.

Terms after Pareti's PARC (source, cue, content). The words themselves are data: `_words/cues.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from bot.models import Polarity


@dataclass(slots=True)
class Cue:
    """A cue's frames: `clause`, `object`, `infinitive` and prepositions; `quoted` needs quotation marks.

    `sources` are the kinds of source that the cue is one for ("a study found …"); empty: every source.
    `objects` are the nouns that make it a cue ("raised concerns"; `things`: all but people); empty: every.
    With a `particle` it is one only beside that ("ticked off three dangers").
    """

    lemma: str
    frames: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    sources: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    particle: str = ""
    polarity: Polarity = Polarity.STATES


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by lemma."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the cue lexicon, once."""
    data = tomllib.loads(resources.files("bot.extract._words").joinpath("cues.toml").read_text("utf-8"))
    return Lexicon(_table(data["verbs"]), _table(data["nouns"]))


def _table(groups: list[dict[str, Any]]) -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for group in groups:
        frames = {*group.get("frames", ()), *str(group.get("prepositions", "")).split()}
        for lemma in str(group["lemmas"]).split():
            cue = table.setdefault(lemma, Cue(lemma))
            (cue.quoted if group.get("quoted_only") else cue.frames).update(frames)
            cue.objects |= set(str(group.get("objects", "")).split())
            cue.particle = str(group.get("particle", cue.particle))
            cue.sources |= set(group.get("sources", ()))
            if "polarity" in group:
                cue.polarity = Polarity(group["polarity"])
    return table
