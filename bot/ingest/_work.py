"""What is done with one source away from the event loop: clean, then extract; in a thread or a process."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from bot.clean import clean
from bot.clean.reprints import shingles
from bot.errors import SourceError
from bot.extract import Extractor
from bot.ingest._outcome import Failed, Found
from bot.models import Raw
from bot.processes import follow_parent
from bot.store import articles

SECONDS = 25.0  # for one source; a long real article takes one
SLOW = f"reading it took longer than {SECONDS:.0f} seconds, so it was left out"


def work(extractor: Extractor, raw: Raw, known: str | None) -> Found | Failed:
    """Clean one source and extract from it, unless it has the fingerprint that is stored already."""
    try:
        article = clean(raw)
        if article.fingerprint == known:
            return Found(article, None)
        findings = extractor.findings(article)
        indexed = articles.index(article, findings)
        return Found(article, findings, shingles(article.text, article.masks), indexed)
    except SourceError as error:
        return Failed(error.source, error.reason)
    except Exception as error:  # noqa: BLE001  our own fault with one article must not stop the others
        return Failed(
            raw.source, f"msc-bot failed on it ({type(error).__name__}: {error}); please report this"
        )


class Worker:
    """The state of a worker process: its extractor with the language model."""

    extractor: Extractor | None = None


def start(extractor: Extractor) -> None:
    """Prepare a worker process with its extractor."""
    follow_parent()
    extractor.bound()
    Worker.extractor = extractor


def work_in_process(raw: Raw, known: str | None) -> Found | Failed:
    """Do `work` with the worker process's own extractor, within SECONDS from its own beginning."""
    if Worker.extractor is None:
        raise RuntimeError("a worker process was not prepared")
    try:
        with _limited():
            return work(Worker.extractor, raw, known)
    except _TooSlow:
        return Failed(raw.source, SLOW)


class _TooSlow(BaseException):
    """Raised amid the work when its time is over; no broad except of a library may swallow it."""


@contextmanager
def _limited() -> Iterator[None]:
    """Interrupt what takes too long; the parent kills what even that does not end."""

    def over(*_: object) -> None:
        raise _TooSlow

    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
