"""Speech after a colon: headlines ("Minister: no new taxes") and transcripts ("RUTTE: We will see.")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.extract._drafts import Draft, trimmed
from bot.extract._nlp import Paragraph
from bot.models import Polarity, Span

_NAME = re.compile(r"([A-Z][\w.’'-]+(?: (?:of |the |de |von |van )?[A-Z][\w.’'-]+){0,4}): (?=\S)")
_NO_SPEAKER = re.compile(
    r"(?i)(the latest|update|read|watch|photos?|video|related|note|opinion|analysis|exclusive|live)\b"
)


def colon_drafts(text: str, index: int, paragraph: Paragraph) -> Iterator[Draft]:
    """Yield a draft where a paragraph opens with a name and a colon: any name in headlines, else capitals."""
    span = paragraph.span
    match = _NAME.match(span.of(text))
    if match is None or paragraph.continued or _NO_SPEAKER.match(match.group(1)):
        return
    name = match.group(1)
    if not paragraph.heading and not name.isupper():
        return
    tokens = [t for t in paragraph.doc if t.idx < match.end(1) and t.is_alpha]
    yield Draft(
        paragraph=index,
        cue=Span(span.start + match.end(1), span.start + match.end(1) + 1),
        lemma=":",
        head=None,
        source=tokens[-1] if tokens else None,
        speaker=Span(span.start, span.start + match.end(1)),
        content=(trimmed(text, Span(span.start + match.end(), span.end)),),
        sentence=span,
        polarity=Polarity.STATES,
        reason="name and colon",
    )
