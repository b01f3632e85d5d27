"""Where the work is done: one thread for few articles, processes for many."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Self

from bot.extract import Extractor
from bot.ingest._outcome import Failed, Found
from bot.models import Raw

_PATIENCE = 60.0  # seconds with the wait for the language model; then a process that won't end is killed
_LASTS = 10_000  # sources: what libraries keep of each, however little, does not grow for ever
_SLOW = "reading it took too long, so it was left out"
_DIED = "the process that read it was killed, perhaps for want of memory; try it alone"


@dataclass(frozen=True, slots=True)
class Work:
    """A source being worked on."""

    raw: Raw
    known: str | None
    executor: Executor
    future: Future[Found | Failed]


class Pool:
    """Cleans and extracts away from the event loop; a source that kills its process takes no other along."""

    def __init__(
        self, extractor: Extractor, processes: int, *, apart: bool = False, lasts: int = _LASTS
    ) -> None:
        """Prepare `processes` processes, or a thread where one is enough and need not be `apart`.

        After each `lasts` sources new processes take over from the old ones, which end when they are done.
        """
        self.extractor = extractor
        self.processes = processes
        self.apart = apart or processes > 1
        self.window = 4 * processes  # articles in work at a time
        self._lasts = lasts
        self._started = 0
        self._executor = self._new()
        self._leaving: Executor | None = None
        self._at_work: set[Future[Found | Failed]] = set()
        self._left = self._at_work  # what the leaving ones are still at
        self._suspects: Executor | None = None  # one process, for those whose process was killed

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for executor in (self._executor, self._leaving, self._suspects):
            if executor is not None:
                executor.shutdown(wait=False, cancel_futures=True)

    def start(self, raw: Raw, known: str | None) -> Work:
        """Start working on a source; `known` is its fingerprint as it is stored."""
        self._relieve()
        try:
            future = self._submit(self._executor, raw, known)
        except BrokenProcessPool:
            self._executor = self._new()
            future = self._submit(self._executor, raw, known)
        self._at_work.add(future)
        future.add_done_callback(self._at_work.discard)
        return Work(raw, known, self._executor, future)

    def _relieve(self) -> None:
        """Let new processes take over where the time of the old ones is over, and those go that are done."""
        if self._leaving is not None and not self._left:
            self._leaving.shutdown(wait=False)
            self._leaving = None
        self._started += 1
        if self.apart and self._leaving is None and self._started % self._lasts == 0:
            self._leaving, self._left = self._executor, self._at_work
            self._executor, self._at_work = self._new(), set()

    async def result(self, work: Work) -> Found | Failed:
        """Wait for what came of it; in the order of `start`, for the time of a source runs from here."""
        try:
            return await self._in_time(work.future)
        except TimeoutError:
            self._kill(work.executor)
            return Failed(work.raw.source, _SLOW)
        except BrokenProcessPool:
            return await self._alone(work)

    async def _in_time(self, future: Future[Found | Failed]) -> Found | Failed:
        waiting = asyncio.wrap_future(future)
        if not self.apart:  # a thread can't be stopped
            return await waiting
        return await asyncio.wait_for(waiting, _PATIENCE)

    def _kill(self, executor: Executor) -> None:
        for process in list((getattr(executor, "_processes", None) or {}).values()):
            process.kill()
        if executor is self._executor:
            self._executor = self._new()

    async def _alone(self, work: Work) -> Found | Failed:
        if work.executor is self._executor:
            self._executor = self._new()
        self._suspects = self._suspects or self._new(1)
        try:
            return await self._in_time(self._submit(self._suspects, work.raw, work.known))
        except TimeoutError:
            self._kill(self._suspects)
            self._suspects = None
            return Failed(work.raw.source, _SLOW)
        except BrokenProcessPool:
            self._suspects = None
            return Failed(work.raw.source, _DIED)

    def _submit(self, executor: Executor, raw: Raw, known: str | None) -> Future[Found | Failed]:
        from bot.ingest import _work  # noqa: PLC0415  cleaning and spaCy are loaded when there is work

        if isinstance(executor, ThreadPoolExecutor):
            return executor.submit(_work.work, self.extractor, raw, known)
        return executor.submit(_work.work_in_process, raw, known)

    def _new(self, processes: int | None = None) -> Executor:
        if not self.apart:
            return ThreadPoolExecutor(1, thread_name_prefix="extract")
        return ProcessPoolExecutor(
            processes or self.processes,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(self.extractor,),
        )


def _start(extractor: Extractor) -> None:
    from bot.ingest import _work  # noqa: PLC0415  in the worker process

    _work.start(extractor)
