"""Whom speaker words mean, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whom the words mean. `names` are speakers of the workspace; `known` are recognised but never quoted.

    `by_role`: only a role led to them. `several`: they are different people, so the reader may be asked.
    `words` are the words that led to them, slips mended; `otherwise` is whom other ways to mend them mean.
    """

    names: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    by_role: bool = False
    several: bool = False
    exact: bool = False
    words: str = ""
    otherwise: Speakers | None = None

    def __bool__(self) -> bool:
        return bool(self.names or self.known)

    @property
    def heard(self) -> tuple[str, ...]:
        """Return whose words to look for: those who are quoted, else those on whom facts may rest."""
        return self.names or self.known
