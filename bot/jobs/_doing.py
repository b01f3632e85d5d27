"""Doing one claimed job, for both engines: its lease kept alive, its outcome written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot import log, metrics
from bot.errors import MscError, StoreError
from bot.jobs.port import Job, JobFunction, Poison, Policy
from bot.store import Database, jobs

_log = log.get("msc.jobs")


@dataclass(frozen=True, slots=True)
class Doer:
    """Knows the job functions and how to account for them."""

    db: Database
    functions: Mapping[str, JobFunction]
    policy: Policy
    now: Callable[[], datetime]

    async def claim(self, job_id: int | None = None) -> Job | None:
        """Take a job that is due."""
        return await jobs.claim(self.db, list(self.functions), self.now(), self.policy.lease, job_id=job_id)

    async def do(self, job: Job) -> datetime | None:
        """Do a claimed job to its end and return when it is to be tried again, None where it need not be.

        Never raises but for cancellation, which gives the job back.
        """
        if job.attempt > self.policy.attempts:
            await self._set_aside(job, f"its worker died or was stopped {job.attempt - 1} times")
            return None
        beating = asyncio.create_task(self._keep_lease(job))
        try:
            await self.functions[job.kind](job)
        except asyncio.CancelledError:
            await asyncio.shield(jobs.release(self.db, job, self.now()))
            raise
        except Poison as error:
            await self._set_aside(job, str(error))
        except Exception as error:  # noqa: BLE001  whatever a job raises is its outcome, not ours
            return await self._put_off(job, _words(error))
        else:
            await self._finished(job)
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
        return None

    async def _finished(self, job: Job) -> None:
        if await jobs.finish(self.db, job, self.now()):
            metrics.JOBS_ENDED.labels(job.kind, "done").inc()
        else:
            _log.warning("job finished too late", job=job.id, kind=job.kind, attempt=job.attempt)

    async def _put_off(self, job: Job, error: str) -> datetime | None:
        if job.attempt >= self.policy.attempts:
            await self._set_aside(job, f"{error} (after {job.attempt} attempts)")
            return None
        again = self.now() + self.policy.rest(job.attempt)
        await jobs.fail(self.db, job, error, again=again, now=self.now())
        metrics.JOBS_ENDED.labels(job.kind, "again").inc()
        _log.warning(
            "job will be tried again",
            job=job.id,
            kind=job.kind,
            attempt=job.attempt,
            error=error.partition(":")[0],
        )
        return again

    async def _set_aside(self, job: Job, error: str) -> None:
        await jobs.fail(self.db, job, error, again=None, now=self.now())
        metrics.JOBS_ENDED.labels(job.kind, "set_aside").inc()
        _log.error("job set aside; msc doctor shows why", job=job.id, kind=job.kind, attempt=job.attempt)

    async def _keep_lease(self, job: Job) -> None:
        while True:
            await asyncio.sleep(self.policy.lease.total_seconds() / 3)
            try:
                if not await jobs.extend(self.db, job, self.now() + self.policy.lease):
                    return
            except StoreError as error:
                _log.warning("lease could not be kept", job=job.id, error=str(error))


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, MscError) else f"{type(error).__name__}: {error}"
