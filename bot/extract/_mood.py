"""Whether something was said at all: denied, wished, expected and possible speech."""

from __future__ import annotations

from spacy.tokens import Token

_MODALS = {"must", "should", "can", "could", "may", "might"}
_UNREAL = _MODALS | {"will", "would", "wo", "’ll", "'ll", "shall"}
_WISHES = {
    "hope",
    "plan",
    "want",
    "expect",
    "intend",
    "aim",
    "need",
    "likely",
    "set",
    "due",
    "prepare",
    "wish",
}
_BELOW = {"xcomp", "advcl", "conj", "acl", "pcomp"}


def happened(cue: Token) -> bool:
    """Say whether a cue tells of speech that took place ("urged calm", not "must urge" or "never urged")."""
    helpers = {c.lower_ for c in cue.children if c.dep_ == "aux"}
    negated = any(c.dep_ == "neg" for c in cue.children)
    return not negated and not helpers & _MODALS and not expected(cue)


def expected(cue: Token) -> bool:
    """Say whether a cue hangs on a wish, a plan or a possibility ("is expected to say", "hopes to tell")."""
    token = cue
    for _ in range(4):
        if token.dep_ not in _BELOW or token.head.i == token.i:
            return False
        bare = not any(c.dep_ == "nsubj" for c in token.children)
        token = token.head
        if not bare:
            return False
        if token.lemma_.lower() in _WISHES or any(
            c.dep_ == "aux" and c.lower_ in _UNREAL for c in token.children
        ):
            return True
    return False


def possible(cue: Token) -> bool:
    """Say whether a cue only may be said: "might say", "is expected to say"."""
    return expected(cue) or any(
        c.dep_ == "aux" and c.lower_ in {"may", "might", "could"} for c in cue.children
    )
