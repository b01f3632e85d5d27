"""The frozen values that the stages hand to each other.

Every position is a half-open range of code points in `Article.text`; nothing here holds text that is
not a slice of an article, a name, or a label of ours. ORM rows never leave `bot.store`.
"""

from __future__ import annotations

from bot.models.answer import Answer, Further, Phrase, Reason
from bot.models.article import Article, Flag, FlagKind, Mask, Raw, Span, named
from bot.models.asker import Asker, Window
from bot.models.digest import Digest, Disagreement, Member, Picture, Poster, Story, Theme, ThemeState
from bot.models.findings import (
    Correction,
    DateMention,
    EntityKind,
    Fact,
    Findings,
    Mention,
    Modality,
    Person,
    Polarity,
    Quantity,
    Quotation,
    QuotationKind,
    Term,
    Verdict,
)
from bot.models.place import Place
from bot.models.policy import RETENTION, Policy
from bot.models.reply import DiffWord, Reply, Section, Verification

__all__ = [
    "RETENTION",
    "Answer",
    "Article",
    "Asker",
    "Correction",
    "DateMention",
    "DiffWord",
    "Digest",
    "Disagreement",
    "EntityKind",
    "Fact",
    "Findings",
    "Flag",
    "FlagKind",
    "Further",
    "Mask",
    "Member",
    "Mention",
    "Modality",
    "Person",
    "Phrase",
    "Picture",
    "Place",
    "Polarity",
    "Policy",
    "Poster",
    "Quantity",
    "Quotation",
    "QuotationKind",
    "Raw",
    "Reason",
    "Reply",
    "Section",
    "Span",
    "Story",
    "Term",
    "Theme",
    "ThemeState",
    "Verdict",
    "Verification",
    "Window",
    "named",
]
