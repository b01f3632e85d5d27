"""Facts over our own gold: recall, precision, and what is right about those that were found."""

from __future__ import annotations

from tests.gold import facts

FIELDS = ("values", "dates", "attribution", "modality", "polarity")


def run() -> None:
    """Print the figures, then what was missed, what was too much and what was read wrongly."""
    _print("sentences", facts.sentences(facts.extractor()))
    _print("reports", facts.reports(facts.extractor(informed=True)))


def _print(name: str, score: facts.Score) -> None:
    right = ", ".join(f"{part} {score.of(part):.3f}" for part in FIELDS)
    head = f"facts, {name}: gold {score.gold}, recall {score.recall:.3f}, precision {score.precision:.3f}"
    print(f"{head}, {right}")
    for kind in ("missed", "extra", "wrong"):
        for words in getattr(score, kind):
            print(f"  {kind:6} {words}")
