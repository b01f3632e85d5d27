"""What row-level policies for workspaces would cost a question on PostgreSQL.

The two statements of a question (ids of matching passages; these passages) over 200,000 passages of two
workspaces, by a role that is not their owner: as they are, under a policy, and under a policy with the
search in a function of the owner's that materialises its ids. Side by side in one run.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path
from typing import Any

import asyncpg

from bot.store import Database
from tests._postgres import Server, create

ROWS, ASKED, ROUNDS = 200_000, 100, 5
_FILL = f"""
INSERT INTO articles (workspace, source, content_hash, text, media, authors, language, headings, masks, flags,
                      sentences, fetched, stored)
SELECT 'W' || n, 'a', '', 'Words.', '', '[]', 'en', '[]', '[]', '[]', '[]', now(), now()
FROM generate_series(1, 2) AS n;
INSERT INTO passages (workspace, article_id, detail, tokens, words)
SELECT 'W' || (1 + n % 2), (SELECT id FROM articles WHERE workspace = 'W' || (1 + n % 2)), '[]', 'token',
       format('''%1$sq:w%2$s'' ''%1$sq:all''', 1 + n % 2, n / 2 % 1000)::tsvector
FROM generate_series(1, {ROWS}) AS n;
CREATE ROLE reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
ANALYZE passages;
"""
_POLICY = """
ALTER TABLE passages ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON passages USING (workspace = current_setting('msc.workspace'));
"""
_FUNCTION = """
CREATE FUNCTION matching(asked text, most bigint) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER AS $$
    WITH found AS MATERIALIZED
        (SELECT id FROM passages WHERE words @@ asked::tsquery ORDER BY id DESC LIMIT most)
    SELECT id FROM found $$;
"""
_IDS = (
    "SELECT string_agg(id::text, ',') FROM "
    "(SELECT id FROM passages WHERE words @@ $1::text::tsquery ORDER BY id DESC LIMIT 64) AS found"
)
_IDS_BY_FUNCTION = "SELECT string_agg(id::text, ',') FROM matching($1, 64) AS id"
_PASSAGES = (
    "SELECT json_agg(json_build_array(id, article_id, detail, tokens))::text FROM passages "
    "WHERE id = ANY($1::text::bigint[]) AND workspace = $2"
)


def run() -> None:
    """Print milliseconds a question and what each way costs beside the present one."""
    server = Server()
    try:
        asyncio.run(_measured(server))
    finally:
        server.remove()


async def _measured(server: Server) -> None:
    await create(server, "msc")
    await (await Database.open(server.url("msc"))).close()
    connection = await asyncpg.connect(host=str(server.home), user="postgres", database="msc")
    await connection.execute(_FILL)
    await connection.execute("SET jit = off; SET plan_cache_mode = force_custom_plan")
    plain = await _asked(connection, _IDS, None)
    await connection.execute(_POLICY)
    policy = await _asked(connection, _IDS, "W1")
    await connection.execute(_FUNCTION)
    function = await _asked(connection, _IDS_BY_FUNCTION, "W1")
    await connection.close()
    print(f"row-level policies, {ROWS:,} passages: milliseconds a question, the server's CPU and p50 wall")
    for name, (cpu, wall) in (
        ("as it is", plain),
        ("a policy", policy),
        ("a policy and the function", function),
    ):
        print(f"  {name:26} {cpu:7.2f} {wall:7.2f}   {cpu / plain[0]:.1f} × the CPU")


async def _asked(connection: Any, ids: str, workspace: str | None) -> tuple[float, float]:
    """Ask as the reading role; with a workspace its name is set in each transaction, as a pool needs it."""
    await connection.execute("SET ROLE reader")
    took = []
    before = _cpu(connection.get_server_pid())
    for number in range(ASKED * ROUNDS):
        asked = f"'1q:w{number % ASKED}' & '1q:all'"
        started = time.perf_counter()
        async with connection.transaction(readonly=True):
            if workspace:
                await connection.fetch("SELECT set_config('msc.workspace', $1, true)", workspace)
            ((found,),) = await connection.fetch(ids, asked)
            await connection.fetch(_PASSAGES, f"{{{found}}}", "W1")
        took.append((time.perf_counter() - started) * 1000)
        if not found:
            raise RuntimeError(f"nothing was found for {asked}")
    used = (_cpu(connection.get_server_pid()) - before) * 1000
    await connection.execute("RESET ROLE")
    return used / len(took), statistics.median(took)


def _cpu(pid: int) -> float:
    """Return the seconds of CPU that a server process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
