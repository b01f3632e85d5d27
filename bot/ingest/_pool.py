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

_DIED = "the process that read it was killed, perhaps for want of memory; try it alone"


@dataclass(frozen=True, slots=True)
class Work:
    """A source being worked on."""

    raw: Raw
    known_hash: str | None
    executor: Executor
    future: Future[Found | Failed]


class Pool:
    """Cleans and extracts away from the event loop; a source that kills its process takes no other along."""

    def __init__(self, extractor: Extractor, processes: int) -> None:
        self.extractor = extractor
        self.processes = processes
        self.window = 4 * processes  # articles in work at a time
        self._executor = self._new()
        self._suspects: Executor | None = None  # one process, for those whose process was killed

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for executor in (self._executor, self._suspects):
            if executor is not None:
                executor.shutdown(wait=False, cancel_futures=True)

    def start(self, raw: Raw, known_hash: str | None) -> Work:
        """Start working on a source; `known_hash` is the hash of its content as it is stored."""
        try:
            future = self._submit(self._executor, raw, known_hash)
        except BrokenProcessPool:
            self._executor = self._new()
            future = self._submit(self._executor, raw, known_hash)
        return Work(raw, known_hash, self._executor, future)

    async def result(self, work: Work) -> Found | Failed:
        """Wait for what came of it."""
        try:
            return await asyncio.wrap_future(work.future)
        except BrokenProcessPool:
            return await self._alone(work)

    async def _alone(self, work: Work) -> Found | Failed:
        if work.executor is self._executor:
            self._executor = self._new()
        self._suspects = self._suspects or self._new(1)
        try:
            return await asyncio.wrap_future(self._submit(self._suspects, work.raw, work.known_hash))
        except BrokenProcessPool:
            self._suspects = None
            return Failed(work.raw.source, _DIED)

    def _submit(self, executor: Executor, raw: Raw, known_hash: str | None) -> Future[Found | Failed]:
        from bot.ingest import _work  # noqa: PLC0415  cleaning and spaCy are loaded when there is work

        if isinstance(executor, ThreadPoolExecutor):
            return executor.submit(_work.work, self.extractor, raw, known_hash)
        return executor.submit(_work.work_in_process, raw, known_hash)

    def _new(self, processes: int | None = None) -> Executor:
        if self.processes == 1:
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
