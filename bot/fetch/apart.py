"""Parsing outside the event loop, in a process of its own and under a time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import ParamSpec, Self, TypeVar

from bot.errors import SourceError
from bot.processes import follow_parent

SECONDS = 10.0  # an honest feed of 500 items takes half a second
P = ParamSpec("P")
T = TypeVar("T")


class Apart:
    """One process for parsing, begun when it is first needed and begun again when it had to be killed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._executor: ProcessPoolExecutor | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._end()

    async def run(self, source: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function returns; raises SourceError under the name of `source` when it won't end.

        The function, its arguments and what it returns or raises go from process to process.
        """
        executor = self._executor = self._executor or _begun()
        work = asyncio.get_running_loop().run_in_executor(executor, partial(function, *args, **kwargs))
        try:
            return await asyncio.wait_for(work, self.seconds)
        except (TimeoutError, BrokenProcessPool) as error:
            if self._executor is executor:
                self._end()
            slow = isinstance(error, TimeoutError)
            fault = (
                f"can't be read within {self.seconds:g} seconds" if slow else "ended the process that read it"
            )
            raise SourceError(source, fault) from error

    def _end(self) -> None:
        if self._executor is None:
            return
        for process in list((getattr(self._executor, "_processes", None) or {}).values()):
            process.kill()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None


def _begun() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=follow_parent)
