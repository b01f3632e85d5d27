"""Quotations against PolNeAR's dev articles: `msc extract` as it is, scored by the corpus's own scorer.

The corpus lies outside of this project and none of it is shipped; without its folder this part says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bot import reference, settings
from bot.clean import clean
from bot.errors import SourceError
from bot.extract import Extractor
from bot.fetch import files
from handlers.cli.extract import quotation_rows

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "quotes"


def run() -> None:
    """Print the table of exact, soft, found, speaker, joint and end-to-end figures, with intervals."""
    if not (CORPUS / "score.py").exists():
        print(f"left out: the corpus is not in {CORPUS}")
        return
    with tempfile.TemporaryDirectory() as folder:
        articles, rows = Path(folder, "articles"), Path(folder, "dev.jsonl")
        _score("--export", str(articles))
        with rows.open("w", encoding="utf-8") as out:
            for line in _extracted(articles):
                out.write(line + "\n")
        _score("--scope", "speech", str(rows))


def _score(*options: str) -> None:
    command = [sys.executable, "score.py", "--gold", "polnear", "--split", "dev", *options]
    subprocess.run(command, cwd=CORPUS, check=True)


def _extracted(folder: Path) -> list[str]:
    chosen = settings.load()
    extractor = Extractor(reference.load(chosen.people, chosen.terms), chosen.spacy_model)
    found = [clean(raw) for raw in files.read([str(folder)]) if not isinstance(raw, SourceError)]
    return [
        json.dumps(row)
        for article, findings in zip(found, extractor.findings_many(found), strict=True)
        for row in quotation_rows(article, findings)
    ]
