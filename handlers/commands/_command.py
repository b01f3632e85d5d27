"""What a subcommand is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.models import Asker, Reply

if TYPE_CHECKING:
    from bot.services import Services

Run = Callable[["Services", Asker, str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: `run(services, asker, rest)` answers what follows its name.

    `usage` is shown in help ("who mentioned TOPIC"); `examples` are complete inputs without `/msc`;
    `summary` is the key of its sentence in the catalogue; `aliases` are other first words;
    `slow` is the key of the sentence that is said at once where the answer takes seconds.
    `admin_only` commands that `adds` sources are everybody's where the workspace's policy says so;
    what `changes` something is done once for each delivery, however often it comes.
    """

    name: str
    usage: str
    summary: str
    run: Run
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    admin_only: bool = False
    adds: bool = False
    changes: bool = False
    slow: str | None = None
    order: int = 100

    def open_to(self, asker: Asker) -> bool:
        """Say whether the asker may use it."""
        return not self.admin_only or asker.is_admin or (self.adds and asker.policy.everyone_adds)
