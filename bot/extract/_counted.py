"""What a bare number counts: the noun that the parse ties it to."""

from __future__ import annotations

from dataclasses import replace

from bot.extract._tree import Tree
from bot.models import Quantity

_UP = frozenset({"nummod", "nmod", "quantmod", "compound", "advmod", "amod", "det", "predet"})


def counted(tree: Tree, quantities: list[Quantity], low: int) -> list[Quantity]:
    """Give units to numbers that count a noun; drop a "one" that counts nothing. Spans are the tree's."""
    kept = []
    for quantity in quantities:
        token = tree.at(quantity.span.end - 1, low)
        noun = _noun(tree, token)
        if quantity.span.of(tree.text).lower() in {"one", "only one"} and (noun is None or noun == token):
            continue
        if quantity.unit is None and noun is not None:
            quantity = replace(quantity, unit=tree.words[noun])
        kept.append(quantity)
    return kept


def _noun(tree: Tree, token: int) -> int | None:
    """Climb from a numeral to its noun; "two-thirds of the members" counts members."""
    inner = next((c for c in tree.children[token] if tree.words[c].lower() == "of"), None)
    if inner is not None:
        return tree.child(inner, "pobj")
    node = token
    for _ in range(4):
        if (
            tree.pos[node] in {"NOUN", "PROPN"}
            and node != token
            and tree.deps[node] not in {"nmod", "compound"}
        ):
            return node
        if tree.deps[node] not in _UP:
            return None
        node = tree.head[node]
    return None
