"""Which characters of a text a grammar has used up already, so that no two findings share one."""

from __future__ import annotations

from bot.models import Span


class Ground:
    """A text's characters, free or taken; asking and taking cost the span's length, whatever was taken."""

    def __init__(self, text: str) -> None:
        self._taken = bytearray(len(text))

    def free(self, span: Span) -> bool:
        """Say whether nobody took a character of a span."""
        return self._taken.find(1, span.start, span.end) < 0

    def take(self, span: Span) -> None:
        """Take the characters of a span."""
        self._taken[span.start : span.end] = b"\x01" * (span.end - span.start)
