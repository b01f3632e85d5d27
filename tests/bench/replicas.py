"""What a second web replica brings: requests a second of one and of two over one PostgreSQL, and their CPU.

Clients ask one question after the other, each of the next replica. They, the stand-in of Slack, PostgreSQL
and the replicas share this machine: with fewer free cores than processes the cores bound the throughput. So
the CPU of a request is printed for each. Crowded cores do less in a millisecond; the clients' work is always
the same, so replicas and PostgreSQL are also measured in it: what cores of their own would serve.
One and both take turns, the best of three rounds counts. MSC_BENCH_REQUESTS (40) is for each client.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from handlers.standin import Slack
from tests._postgres import Server, create
from tests.bench import _musts
from tests.bench.slack import TEAM, cpu_of, fill, replica

QUOTATIONS, CLIENTS = 4_000, 8
ROUNDS = 3
REQUESTS = int(os.environ.get("MSC_BENCH_REQUESTS", "40"))
MUST = 1.7
_TICKS = os.sysconf("SC_CLK_TCK")


class Spent(NamedTuple):
    """Requests a second; milliseconds of CPU a request of the replicas, of PostgreSQL, of the clients."""

    rate: float
    replicas: float
    postgres: float
    clients: float


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
        f"{QUOTATIONS:,} quotations, {CLIENTS} clients, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"
    )
    print(f"{'':14}{'a second':>10}{'CPU ms: replicas':>18}{'PostgreSQL':>12}{'clients':>9}{'bound':>8}")
    one, two = await _in_turns(server, topics)
    cost = [(spent.replicas + spent.postgres) / spent.clients for spent in (one, two)]
    _musts.at_least("requests a second, two over one, cores shared", two.rate / one.rate, MUST)
    _musts.at_least("two over one by CPU, in that of the clients", 2 * cost[0] / cost[1], MUST)


async def _in_turns(server: Server, topics: Sequence[str]) -> tuple[Spent, Spent]:
    """Let the clients ask one replica, then both, in several rounds; return the best of each figure."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        slack = await stack.enter_async_context(Slack(workspace=TEAM))
        given = {"folder": folder, "kind": "ours", "MSC_DATABASE_URL": server.url("replicas")}
        given |= slack.environment()
        doors = [await stack.enter_async_context(replica(given)) for _ in range(2)]
        await _ask(slack, [address for address, _ in doors], topics, 10)
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

    before, started = used(), time.perf_counter()
    await _ask(slack, addresses, topics, REQUESTS)
    took, after = time.perf_counter() - started, used()
    asked = REQUESTS * CLIENTS
    spent = Spent(asked / took, *((b - a) / asked * 1000 for a, b in zip(before, after, strict=True)))
    bound = (os.cpu_count() or 1) * 1000 / sum(spent[1:])
    print(
        f"{len(doors):2} of them{spent.rate:15.0f}{spent.replicas:18.2f}{spent.postgres:12.2f}"
        f"{spent.clients:9.2f}{bound:8.0f}",
        flush=True,
    )
    return spent


def _best(found: Sequence[Spent]) -> Spent:
    rates, *costs = zip(*found, strict=True)
    return Spent(max(rates), *map(min, costs))


async def _ask(slack: Slack, addresses: Sequence[str], topics: Sequence[str], each: int) -> None:
    numbers = count()

    async def client() -> None:
        for _ in range(each):
            number = next(numbers)
            slack.deliver_to(addresses[number % len(addresses)])
            done = await slack.command("#general", f"/msc who mentioned {topics[number % len(topics)]}")
            await slack.answer(done)

    await asyncio.gather(*(client() for _ in range(CLIENTS)))


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
