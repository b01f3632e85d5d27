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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import reference, settings
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from bot.models import Asker
from bot.normalise import fold
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
    print("our own questions over seeds/articles:")
    own().print()


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


def own() -> Scores:
    """Answer the project's questions over its own articles (`tests/gold/questions.jsonl`)."""
    lines = (ROOT / "tests" / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    wanted = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/own.db"
        given = asyncio.run(answers(url, [str(ROOT / "seeds" / "articles")], [w["q"] for w in wanted]))
    return Scores([_judged(w, json.loads(g)) for w, g in zip(wanted, given, strict=True)])


@dataclass(frozen=True)
class Scores:
    """How each question fared: its kind, whether the first and one of the first three answers are right."""

    each: list[tuple[dict[str, Any], bool, bool, dict[str, Any]]]

    def top(self, rank: int) -> float:
        """Return the share of answerable questions with a right answer within `rank` (1 or 3)."""
        asked = [r for r in self.each if not r[0].get("none")]
        return sum(r[1] if rank == 1 else r[2] for r in asked) / len(asked)

    def false_answers(self) -> float:
        """Return the share of unanswerable questions that got an answer."""
        asked = [r for r in self.each if r[0].get("none")]
        return sum(not r[1] for r in asked) / len(asked)

    def print(self) -> None:
        """Print the figures, by kind, and what went wrong."""
        for kind in dict.fromkeys(r[0]["kind"] for r in self.each):
            some = [r for r in self.each if r[0]["kind"] == kind]
            first, three = sum(r[1] for r in some) / len(some), sum(r[2] for r in some) / len(some)
            print(f"{kind:10}{len(some):5}{first:8.3f}{three:8.3f}")
        print(f"{'answerable':10}{len(self.each):5}{self.top(1):8.3f}{self.top(3):8.3f}")
        print(f"false answers on unanswerable ones: {self.false_answers():.3f}")
        for wanted, first_right, _, given in self.each:
            if not first_right:
                top = (given["answers"] or [{"speaker": None, "text": "nothing"}])[0]
                print(
                    f"- {wanted['q']}: got {top['speaker']}: {top['text'][:90]!r} verdict {given['verdict']}"
                )


def _judged(
    wanted: dict[str, Any], given: dict[str, Any]
) -> tuple[dict[str, Any], bool, bool, dict[str, Any]]:
    if wanted.get("none"):
        right = not given["answers"]
        return wanted, right, right, given
    hits = [_right(wanted, a) for a in given["answers"][:3]]
    verdict = wanted.get("verdict") in (None, given["verdict"])
    return wanted, verdict and bool(hits) and hits[0], verdict and any(hits), given


def _right(wanted: dict[str, Any], answer: dict[str, Any]) -> bool:
    speaker = fold(answer["speaker"] or "")
    if wanted.get("narration") and answer["speaker"]:
        return False
    if not any(fold(s) in speaker for s in wanted.get("speakers", [""])):
        return False
    shown = fold(f"{answer['text']} | {answer['context']}")
    return any(fold(w) in shown for w in wanted["words"])
