"""Speech after a colon, in three forms.

Headlines ("Rutte: no new ships", "Rutte on the Arctic: no new ships"), transcripts ("RUTTE: We will see."),
and quotation marks behind a name and a colon (It didn't surprise Ms. Osei: "We saw it coming.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from bot.extract._cues import lexicon
from bot.extract._drafts import Draft, noun_phrase, slice_of, trimmed
from bot.extract._kinds import kind_of
from bot.extract._marks import Region
from bot.extract._nlp import Paragraph
from bot.extract._words import word_list
from bot.models import EntityKind, Polarity, Span

_NAME = re.compile(
    r"(?P<mark>[\"“‘„«])?(?:[A-Z]{4,} [–—-] )?"
    r"(?P<name>[A-Z](?:[\w.’'-]+(?: (?:of |the |de |von |van )?[A-Z][\w.’'-]+){0,4})?)"
    r"(?P<topic> on [^:.!?]{3,60})?: (?=\S)"
)
_MARKED = re.compile(r":\s+[“\"‘„«]")
_NO_SPEAKER = re.compile(
    r"(?i)(the latest|updated?|correction|clarification|editor.s note|read|watch|photos?|video|related|note"
    r"|opinion|analysis|exclusive|live|where)\b"
)


def colon_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for each name and colon that open speech."""
    body = paragraph.span.of(text)
    match = None if paragraph.continued else _NAME.match(body)
    if match is not None and not _NO_SPEAKER.match(match["name"]):
        draft = _opening(text, index, paragraph, match)
        if draft is not None:
            yield draft
            return
    for marked in _MARKED.finditer(body):
        yield from _before_marks(index, paragraph, marked.start())


def without_label(text: str, region: Region) -> Region:
    """Return marked words without the speaker's name at their head, as quoted transcripts print it."""
    label = _NAME.match(region.outer.of(text))
    if label is None or not label["mark"] or not label["name"].isupper():
        return region
    start = region.outer.start + label.end()
    return replace(region, outer=Span(start, region.outer.end), inner=Span(start, region.inner.end))


def _opening(text: str, index: int, paragraph: Paragraph, match: re.Match[str]) -> Draft | None:
    """A paragraph that opens with a speaker: a person or document in headlines, capitals elsewhere.

    A quoted transcript opens each paragraph with a mark before the name, and closes none of them.
    """
    (first, last), at = match.span("name"), paragraph.start
    tokens = [t for t in paragraph.doc if first <= t.idx < last and t.is_alpha]
    colon = match.end() - len(": ")
    headline = paragraph.heading and not match["mark"] and bool(tokens) and _speaks(tokens[-1])
    if not tokens or not (headline or (match["name"].isupper() and not match["topic"])):
        return None
    return Draft(
        paragraph=index,
        cue=Span(at + colon, at + colon + 1),
        lemma=":",
        head=None,
        source=tokens[-1],
        speaker=Span(at + first, at + last),
        content=(trimmed(text, Span(at + match.end(), paragraph.span.end)),),
        sentence=paragraph.span,
        polarity=Polarity.STATES,
        reason="name and colon",
        marked=True,
    )


def _speaks(head: Token) -> bool:
    if head.lower_ in word_list("occasions.txt"):  # "Munich Security Conference: unity tested"
        return False
    if head.ent_type_ in {"PERSON", "ORG"} or (head.pos_ == "PROPN" and not head.ent_type_):
        return True
    return kind_of(head) in {
        EntityKind.DOCUMENT,
        EntityKind.ANONYMOUS,
        EntityKind.GROUP,
    }


def _before_marks(index: int, paragraph: Paragraph, colon: int) -> Iterator[Draft]:
    piece = paragraph.doc.char_span(colon, colon + 1)
    if piece is None:
        return
    sign = piece[0]
    sentence, at = sign.sent, paragraph.start
    verbs = lexicon().verbs
    if any(t.lemma_.lower() in verbs and t.pos_ == "VERB" for t in sentence if t.i < sign.i):
        return
    names = [t for t in sentence if t.i < sign.i and t.ent_type_ == "PERSON"]
    if not names or sign.i - names[-1].i > 3:
        return
    yield Draft(
        paragraph=index,
        cue=slice_of(paragraph, sign.i, sign.i),
        lemma=":",
        head=sign,
        source=names[-1],
        speaker=slice_of(paragraph, *noun_phrase(names[-1])),
        content=(),
        sentence=Span(at + sentence.start_char, at + sentence.end_char),
        polarity=Polarity.STATES,
        reason="name and colon",
    )
