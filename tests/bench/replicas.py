"""What a second web replica brings: requests a second of one and of two over one PostgreSQL, and their CPU.

Clients ask one question after the other, each of the next replica. They, the stand-in of Slack, PostgreSQL
and the replicas share this machine, so that not the replicas but the cores would bound the throughput. So
each replica is held to a share of a core, as a container with a CPU limit is: in each 200 ms it is stopped
once it has used 20 ms of CPU. One and both take turns, the best of three rounds counts.

Printed beside the rate is what bounds it: the CPU of a request of the replicas, of PostgreSQL and of the
clients; the rate that both cores together would bear; how much of their share the replicas used (well under
100 %: not they were the bound, but the machine); and how many sessions waited for a lock of the database at
a time, on average: what would make two replicas take turns.
MSC_BENCH_REQUESTS (20) is for each client, MSC_BENCH_SHARE (0.1) the share of a core.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from itertools import count
from multiprocessing import active_children
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import asyncpg

from handlers.standin import Slack
from handlers.standin.state import ResponseUrl
from tests._postgres import Server, create
from tests.bench import _musts
from tests.bench._doors import TEAM, cpu_of, replica
from tests.bench.slack import fill

QUOTATIONS, CLIENTS = 4_000, 24  # so many that each of two replicas always has several to answer
ROUNDS = 3
REQUESTS = int(os.environ.get("MSC_BENCH_REQUESTS", "20"))
SHARE = float(os.environ.get("MSC_BENCH_SHARE", "0.1"))
MUST = 1.7
_PERIOD = 0.2  # seconds
_LOOK = 0.002  # seconds between two looks at what a held process has used
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
_TICKS = os.sysconf("SC_CLK_TCK")


class Spent(NamedTuple):
    """Requests a second; milliseconds of CPU a request of the replicas, of PostgreSQL, of the clients.

    `used` is the part of their share that the replicas used, `waiting` the sessions that waited for a lock.
    """

    rate: float
    replicas: float
    postgres: float
    clients: float
    used: float
    waiting: float


def run() -> None:
    """Print the figures of one replica and of two."""
    server = Server()
    try:
        asyncio.run(_run(server))
    finally:
        server.remove()


async def _run(server: Server) -> None:
    await create(server, "replicas")
    topics = await fill(server.url("replicas"), QUOTATIONS)
    print(
        f"{QUOTATIONS:,} quotations, {CLIENTS} clients, {SHARE:.0%} of a core for each replica, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(
        f"{'':14}{'a second':>10}{'CPU ms: replicas':>18}{'PostgreSQL':>12}{'clients':>9}{'bound':>8}"
        f"{'used':>7}{'locks':>7}"
    )
    one, two = await _in_turns(server, topics)
    _musts.at_least("requests a second, two over one", two.rate / one.rate, MUST)


async def _in_turns(server: Server, topics: Sequence[str]) -> tuple[Spent, Spent]:
    """Let the clients ask one replica, then both, in several rounds; return the best of each."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        slack = await stack.enter_async_context(Slack(workspace=TEAM))
        given = {"folder": folder, "kind": "ours", "MSC_DATABASE_URL": server.url("replicas")}
        given |= slack.environment()
        doors = [await stack.enter_async_context(replica(given)) for _ in range(2)]
        await _ask(slack, [address for address, _ in doors], topics, 10)
        stack.enter_context(_held([child.pid or 0 for child in active_children()]))
        seen: dict[int, list[Spent]] = {1: [], 2: []}
        for _ in range(ROUNDS):
            for size, found in seen.items():
                found.append(await _measured(server, slack, doors[:size], topics))
        one, two = (_best(found) for found in seen.values())
    return one, two


async def _measured(
    server: Server, slack: Slack, doors: Sequence[tuple[str, Connection]], topics: Sequence[str]
) -> Spent:
    """Let the clients ask these replicas; print and return what it took."""
    addresses, pipes = zip(*doors, strict=True)

    def used() -> list[float]:
        return [sum(map(cpu_of, pipes)), _postgres(server), time.process_time()]

    async with _waiting(server) as waiting:
        before, started = used(), time.perf_counter()
        await _ask(slack, addresses, topics, REQUESTS)
        took, after = time.perf_counter() - started, used()
    asked = REQUESTS * CLIENTS
    replicas, postgres, clients = ((b - a) / asked * 1000 for a, b in zip(before, after, strict=True))
    share = asked / took * replicas / 1000 / (len(doors) * SHARE)
    spent = Spent(asked / took, replicas, postgres, clients, share, sum(waiting) / len(waiting))
    bound = (os.cpu_count() or 1) * 1000 / (replicas + postgres + clients)
    print(
        f"{len(doors):2} of them{spent.rate:15.0f}{replicas:18.2f}{postgres:12.2f}{clients:9.2f}"
        f"{bound:8.0f}{spent.used:7.0%}{spent.waiting:7.2f}",
        flush=True,
    )
    return spent


@asynccontextmanager
async def _waiting(server: Server) -> AsyncIterator[list[int]]:
    """Yield a list that grows by the number of sessions that wait for a lock, some ten times a second."""
    seen: list[int] = []
    connection = await asyncpg.connect(server.url("replicas").replace("+asyncpg", ""))

    async def look() -> None:
        while True:
            seen.append(await connection.fetchval(_WAITING))
            await asyncio.sleep(_PERIOD / 2)

    task = asyncio.create_task(look())
    try:
        yield seen
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await connection.close()


@contextmanager
def _held(pids: Sequence[int]) -> Iterator[None]:
    """Hold processes to SHARE of a core each, not at the same moments."""
    over = threading.Event()
    threads = [threading.Thread(target=_hold, args=(pid, over)) for pid in pids]
    for n, thread in enumerate(threads):
        thread.start()
        over.wait(_PERIOD / len(pids) * (n + 1 < len(pids)))
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _hold(pid: int, over: threading.Event) -> None:
    """Stop a process in each period once it has used its share of CPU, until the next one begins."""
    begins = time.monotonic()
    while not over.is_set():
        begins, allowed = begins + _PERIOD, _ran(pid) + _PERIOD * SHARE
        while time.monotonic() < begins and not over.wait(_LOOK):
            if _ran(pid) >= allowed:
                os.kill(pid, signal.SIGSTOP)
                over.wait(max(0.0, begins - time.monotonic()))
                os.kill(pid, signal.SIGCONT)
        begins = max(begins, time.monotonic() - _PERIOD)


def _ran(pid: int) -> float:
    """Return the seconds of CPU of a process's threads, by the scheduler's own clock."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def _best(found: Sequence[Spent]) -> Spent:
    return max(found, key=lambda spent: spent.rate)


async def _ask(slack: Slack, addresses: Sequence[str], topics: Sequence[str], each: int) -> None:
    numbers = count()

    async def client() -> None:
        for _ in range(each):
            number = next(numbers)
            slack.deliver_to(addresses[number % len(addresses)])
            done = await slack.command("#general", f"/msc who mentioned {topics[number % len(topics)]}")
            late = slack.state.responses[done.payload["response_url"].rpartition("/commands/")[2]]
            await slack.state.until(partial(_answered, late), 30)

    await asyncio.gather(*(client() for _ in range(CLIENTS)))


def _answered(late: ResponseUrl) -> bool:
    """Say whether this very question was answered: with many clients the next message may be another's."""
    return late.uses > 0


def _postgres(server: Server) -> float:
    """Return the seconds of CPU of a server with all its processes, ended ones too."""
    mother = int((server.home / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(stat.parent.name) == mother:
            ticks += sum(map(int, fields[11:15]))
        elif int(fields[1]) == mother:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS
