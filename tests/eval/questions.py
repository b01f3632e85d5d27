"""Questions over articles: how many get the right answer first, and how many a wrong one.

The annotated questions lie outside the project; without them only our own (tests/gold) are scored.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot import reference, settings
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.models import Asker
from bot.search import Searcher
from bot.store import Database, articles
from handlers.cli.ask import as_json

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def run() -> None:
    """Score the annotated questions, then our own."""
    questions = SHARED / "eval" / "questions"
    if questions.exists():
        score(questions, SHARED / "seeds")
    else:
        print("no annotated questions beside the project: skipped")


def score(questions: Path, seeds: Path) -> None:
    """Answer `dev.jsonl` in this process over the articles of `seeds`, and print what its scorer says."""
    asked = [json.loads(line)["q"] for line in (questions / "dev.jsonl").read_text().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        answered = asyncio.run(answers(f"sqlite+aiosqlite:///{folder}/eval.db", [str(seeds)], asked))
        predictions.write_text("\n".join(answered))
        command = [sys.executable, str(questions / "score_answers.py"), "--pred", str(predictions)]
        print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


async def answers(url: str, sources: Iterable[str], questions: Sequence[str]) -> list[str]:
    """Read the sources into a new database and return a JSON line a question."""
    known = reference.load(settings.Settings().people, settings.Settings().terms)
    extractor = Extractor(known)
    db = await Database.open(url)
    try:
        for raw in files.read(sources):
            if not isinstance(raw, SourceError):
                article = clean(raw)
                await articles.save(db, "eval", article, extractor.findings(article))
        searcher = Searcher(db, known)
        replies = [(q, await searcher.answer(Asker("eval"), q)) for q in questions]
        return [json.dumps(as_json(q, r), ensure_ascii=False) for q, r in replies]
    finally:
        await db.close()
