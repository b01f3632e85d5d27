"""Signed words: a paragraph of marked words, a dash and the name of who said them (“It held.” ― Ada Holm)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract._drafts import Draft
from bot.extract._nlp import Paragraph
from bot.models import Polarity, Span

_SIGNED = re.compile(
    r"(?P<said>[“”„«\"‘].{12,}[”“»\"’])\s*(?P<dash>[―—–]|--?(?=\s))\s*"
    r"(?P<name>[A-ZÀ-Þ][\w.’'-]*(?: (?:[a-z]{1,3} )?[A-ZÀ-Þ][\w.’'-]*){1,4}?)(?:, [^.!?“”\"]{2,80})?[.\s]*$",
    re.S,
)


def signed_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft for a paragraph that is somebody's signed words."""
    match = _SIGNED.match(paragraph.span.of(text))
    if match is None:
        return
    at = paragraph.start
    said, dash, name = (Span(at + a, at + b) for a, b in map(match.span, ("said", "dash", "name")))
    signature = paragraph.doc.char_span(*match.span("name"), alignment_mode="expand")
    yield Draft(
        paragraph=index,
        cue=dash,
        lemma="—",
        head=None,
        source=signature.root if signature is not None else None,
        speaker=name,
        content=(said,),
        sentence=paragraph.span,
        polarity=Polarity.STATES,
        reason="words and signature",
        marked=True,
    )
