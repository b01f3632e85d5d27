"""Is a pasted quotation real: word for word, nearly, somebody else's, only reported, or nowhere; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from bot.models import DiffWord, Polarity, QuotationKind, Verification
from bot.normalise import words
from bot.search._speakers import Speakers
from bot.search.rank import Ranked
from bot.search.topics import Group
from bot.store.passages import QUOTE
from bot.store.retrieval import Source

_SAME = 99.5
_NEAR = 78.0
_REPORTED = 0.6


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict with the passage that decides it, and how the words differ."""

    verification: Verification
    passage: Ranked | None = None
    diff: tuple[DiffWord, ...] = ()


def verify(
    pasted: str,
    asked: Speakers | None,
    ranked: Sequence[Ranked],
    sources: Mapping[int, Source],
    groups: Sequence[Group],
) -> Verified:
    """Judge a pasted quotation against the passages that come nearest to it; `groups` are its words."""
    typed = words(pasted)
    weighed = sorted(
        ((_likeness(typed, r, sources), r) for r in ranked if _said(r)),
        key=lambda pair: (-pair[0], -_spoken_by(pair[1], asked), _length(pair[1]), -pair[1].score),
    )
    if not typed or not weighed:
        return Verified(Verification.NOT_FOUND)
    likeness, best = weighed[0]
    mine = [(n, r) for n, r in weighed if _spoken_by(r, asked)]
    if asked and mine and mine[0][0] >= _NEAR:
        likeness, best = mine[0]
    elif asked and likeness >= _NEAR:
        return Verified(Verification.OTHER_SPEAKER, best, difference(typed, _printed(best, sources)))
    if likeness < _NEAR:
        reported = next((r for _, r in (mine if asked else weighed) if _paraphrases(r, groups)), None)
        return Verified(Verification.REPORTED, reported) if reported else Verified(Verification.NOT_FOUND)
    if best.found.quotation is QuotationKind.INDIRECT:
        return Verified(Verification.REPORTED, best, difference(typed, _printed(best, sources)))
    if likeness >= _SAME:
        return Verified(Verification.VERBATIM, best)
    return Verified(Verification.NEAR, best, difference(typed, _printed(best, sources)))


def _said(r: Ranked) -> bool:
    """Say whether somebody said these words: of reported ones a rejection, denial or question is none."""
    spoken = r.found.polarity is Polarity.STATES or r.found.quotation is QuotationKind.DIRECT
    return r.found.kind == QUOTE and spoken


def _length(r: Ranked) -> int:
    """Characters of the content: of attributions within one another the innermost is the shortest."""
    return sum(span.end - span.start for span in r.found.spans)


def _paraphrases(r: Ranked, groups: Sequence[Group]) -> bool:
    """Say whether reported words hold most of what is asked for, its telling words included.

    One word in common is no paraphrase, and Europe and America make none of "Europe is a vassal of America".
    """
    rarest = max((g.weight for g in groups), default=0.0)
    telling = {n for n, g in enumerate(groups) if g.weight == rarest or not g.known}
    return (
        r.own >= _REPORTED
        and len(r.matched) > 1
        and telling <= set(r.matched)
        and r.found.quotation is not QuotationKind.DIRECT
    )


def difference(typed: Sequence[str], printed: Sequence[str]) -> tuple[DiffWord, ...]:
    """Return the words of the nearest stretch of `printed`, marked against those typed."""
    printed = _stretch(typed, printed)
    found: list[DiffWord] = []
    for op in Indel.opcodes(list(typed), list(printed)):
        if op.tag == "equal":
            found += [DiffWord("same", w) for w in printed[op.dest_start : op.dest_end]]
        else:
            found += [DiffWord("missing", w) for w in typed[op.src_start : op.src_end]]
            found += [DiffWord("added", w) for w in printed[op.dest_start : op.dest_end]]
    return tuple(_typed_first(found))


def _typed_first(diff: Sequence[DiffWord]) -> Iterator[DiffWord]:
    """Within each stretch that differs: the words as typed, then the words as printed."""
    for same, run in groupby(diff, key=lambda d: d.op == "same"):
        stretch = list(run)
        yield from stretch if same else sorted(stretch, key=lambda d: d.op != "missing")


def _stretch(typed: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Cut a longer quotation to the words that stand against the typed ones."""
    if len(printed) <= len(typed):
        return list(printed)
    matched = [op for op in Indel.opcodes(list(typed), list(printed)) if op.tag == "equal"]
    if not matched:
        return list(printed[: len(typed)])
    before, after = matched[0].src_start, len(typed) - matched[-1].src_end
    return list(printed[max(0, matched[0].dest_start - before) : matched[-1].dest_end + after])


def _likeness(typed: Sequence[str], r: Ranked, sources: Mapping[int, Source]) -> float:
    """0 to 100: how much of the typed words stands in the printed ones, in order; 100 only word for word."""
    printed = _printed(r, sources)
    if not typed or not printed:
        return 0.0
    if f" {' '.join(typed)} " in f" {' '.join(printed)} ":
        return 100.0
    nearest = _stretch(typed, printed)
    same = 2 * sum(
        op.src_end - op.src_start for op in Indel.opcodes(list(typed), nearest) if op.tag == "equal"
    )
    in_order = 100 * same / (len(typed) + len(nearest))
    letters = fuzz.ratio(" ".join(typed), " ".join(nearest))
    return min(99.0, max(in_order, letters) if len(typed) > 2 else in_order)


def _printed(r: Ranked, sources: Mapping[int, Source]) -> list[str]:
    source = sources.get(r.found.article_id)
    return [w for span in r.found.spans for w in words(span.of(source.text))] if source else []


def _spoken_by(r: Ranked, asked: Speakers | None) -> bool:
    return bool(asked and r.found.speaker in asked.names)
