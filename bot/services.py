"""The one composition root: every collaborator is built here, once, and handed to the doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import reference
from bot.reference import Reference
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """What a door needs to answer."""

    settings: Settings
    reference: Reference


@asynccontextmanager
async def services(settings: Settings) -> AsyncIterator[Services]:
    """Build the services for a process and release what they hold at the end."""
    yield Services(settings=settings, reference=reference.load(settings.people, settings.terms))
