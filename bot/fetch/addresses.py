"""Which addresses may be fetched: public ones, and private ones that the desk allows by name or network."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yarl import URL

from bot.errors import SettingError, SourceError

_PORTS = frozenset({80, 443})
_LONGEST = 2048
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_V4_COMPATIBLE = ipaddress.ip_network("::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressRefused(OSError):
    """A socket was asked for an address that is not public and not allowed."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts and networks that may be fetched though they are private, from MSC_FETCH_ALLOW."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, setting: str) -> Allowed:
        """Read names, addresses and networks that commas or blanks separate; raises SettingError."""
        hosts, networks = set(), []
        for entry in re.split(r"[,\s]+", setting.strip()):
            try:
                networks.append(ipaddress.ip_network(entry.strip("[]")))
            except ValueError as error:
                if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", entry):
                    hosts.add(entry.lower())
                elif entry:
                    raise SettingError(
                        f"MSC_FETCH_ALLOW: {entry!r} is no host name, address or network."
                    ) from error
        return cls(frozenset(hosts), tuple(networks))

    def holds(self, address: Address) -> bool:
        """Say whether a network of the list holds this address."""
        return any(address.version == network.version and address in network for network in self.networks)


def checked(address: str, allowed: Allowed) -> URL:
    """Return the parsed web address; raises SourceError with what is wrong with it."""
    url = _parsed(address)
    if url.scheme not in {"http", "https"}:
        raise SourceError(address, "is no web address; http and https are read")
    if not url.host:
        raise SourceError(address, "names no host")
    if url.user is not None or url.password is not None:
        raise SourceError(address, "holds a name or password, which is not sent; leave it out")
    if url.port not in _PORTS and not _is_allowed_host(url.host, allowed):
        raise SourceError(address, f"asks for port {url.port}; only ports 80 and 443 are fetched")
    return url.with_fragment(None)


def socket_factory(host: str, allowed: Allowed) -> Callable[[Any], socket.socket]:
    """Return what makes sockets for a request to `host`: none leads to an address that may not be fetched.

    The check stands where the socket is made, behind every resolution of the name, so that a name that
    changes its address between look-ups gains nothing.
    """
    named = host.lower().rstrip(".") in allowed.hosts

    def make(info: tuple[int, int, int, str, tuple[Any, ...]]) -> socket.socket:
        family, kind, protocol, _, where = info
        if not named and not is_fetchable(str(where[0]), allowed):
            name = where[0] if host == where[0] else f"{host} ({where[0]})"
            raise AddressRefused(f"{name} is not a public address")
        return socket.socket(family, kind, protocol)

    return make


def is_fetchable(address: str, allowed: Allowed) -> bool:
    """Say whether an address is public or allowed; one that wraps another is judged by that."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = _unwrapped(parsed)
    if allowed.holds(parsed) or allowed.holds(inner):
        return True
    return all(a.is_global and not a.is_multicast and not a.is_reserved for a in (parsed, inner))


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address carries (mapped, 6to4, Teredo, NAT64), else itself."""
    if address.version == 4:
        return address
    carried = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    if carried is None and (address in _NAT64 or (address in _V4_COMPATIBLE and int(address) > 1)):
        carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return carried or address


def _is_allowed_host(host: str, allowed: Allowed) -> bool:
    if host.lower().rstrip(".") in allowed.hosts:
        return True
    try:
        return allowed.holds(ipaddress.ip_address(host))
    except ValueError:
        return False


def _parsed(address: str) -> URL:
    if len(address) > _LONGEST:
        raise SourceError(f"{address[:60]}…", f"is longer than {_LONGEST} characters")
    if re.search(r"[\x00-\x20\x7f\\]", address):
        raise SourceError(address, "holds blanks or characters that no web address has")
    try:
        url = URL(address)
        _ = url.port, url.host
    except ValueError as error:
        raise SourceError(address, f"is no web address ({error})") from error
    return url
