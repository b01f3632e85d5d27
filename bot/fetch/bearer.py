"""A token that goes to its own house only: each hop of a fetch is asked anew whether it is that house."""

from __future__ import annotations

from dataclasses import dataclass, field

from yarl import URL


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token and the origin that it belongs to (https://slack.com); its subdomains are of the same house."""

    token: str = field(repr=False)
    home: URL

    def owns(self, address: URL) -> bool:
        """Say whether an address lies in the house: same scheme and port, the same host or one below it."""
        if (address.scheme, address.port) != (self.home.scheme, self.home.port):
            return False
        host, home = (address.host or "").lower(), (self.home.host or "").lower()
        return bool(home) and (host == home or host.endswith(f".{home}"))

    def headers(self, address: URL) -> dict[str, str]:
        """Return the header that shows the token to this address; none to a stranger's."""
        return {"Authorization": f"Bearer {self.token}"} if self.owns(address) else {}
