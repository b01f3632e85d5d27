"""Which words are English, whether the corpus has them or not: two slips rarely make a word of a word.

The list is the one that the spaCy model's rule lemmatizer works with (WordNet's: 90,000 base forms, irregular
forms, endings), read from the model's package on first use without loading the model.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import srsly

from bot.settings import Settings

_SHORTEST = 3  # letters
_LOOKUPS = "*/lemmatizer/lookups/lookups.bin"


class _Words(NamedTuple):
    """Base and irregular forms, and the endings of regular ones with what a base has instead."""

    forms: frozenset[str]
    endings: tuple[tuple[str, str], ...]


@cache
def is_word(word: str) -> bool:
    """Say whether the folded `word` is an English one, in whichever form; no name is."""
    words = _words()
    return word in words.forms or any(_base(word, *e) in words.forms for e in words.endings)


def _base(word: str, ending: str, instead: str) -> str:
    return word.removesuffix(ending) + instead if word.endswith(ending) else ""


@cache
def _words() -> _Words:
    """Read the lists; they are empty where the usual model is not installed."""
    package = find_spec(Settings.model_fields["spacy_model"].default)
    places = package.submodule_search_locations if package else None
    found = [
        srsly.msgpack_loads(f.read_bytes()) for place in places or () for f in Path(place).glob(_LOOKUPS)
    ]
    forms = (w for t in found for name in ("lemma_index", "lemma_exc") for w in _flat(t.get(name, {})))
    rules = ((ending, instead) for t in found for ending, instead in _flat(t.get("lemma_rules", {})))
    return _Words(
        frozenset(w for w in forms if w.isalpha() and len(w) >= _SHORTEST),
        tuple(dict.fromkeys(r for r in rules if r[0].isalpha())),
    )


def _flat(table: dict[int, Any]) -> Iterable[Any]:
    return (item for items in table.values() for item in items)
