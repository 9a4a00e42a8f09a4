"""Where the installation may call: rules over a URL and over the addresses behind its name.

Public addresses only, unless a network is allowed by setting. An IPv6 address
that carries an IPv4 one counts as that one too. Nothing here asks the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from engine.errors import InvalidInput

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST = 2048
_PORTS = {"https": 443, "http": 80}
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_SITE_LOCAL = ip_network("fec0::/10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL taken apart: ``host`` in ASCII without brackets, ``path`` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What decides whether credentials go along on a redirect."""
        return (self.scheme, self.host, self.port)

    @property
    def host_header(self) -> str:
        """Value of ``Host``: brackets for IPv6, no port when it is the scheme's own."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if _PORTS[self.scheme] == self.port else f"{name}:{self.port}"


def networks_of(texts: Iterable[str]) -> tuple[Network, ...]:
    """Allowed networks out of settings; ``InvalidInput`` names the one that cannot be read."""
    found = []
    for text in texts:
        try:
            found.append(ip_network(text.strip()))
        except ValueError:
            raise InvalidInput(
                f"MOTCUA_OUTGOING_PRIVATE: {text!r} is no network. Write 10.1.0.0/16,::1/128."
            ) from None
    return tuple(found)


def target_of(url: str, schemes: Sequence[str], allowed: Sequence[Network]) -> Target:
    """The URL when it may be called as far as its text tells; ``InvalidInput`` otherwise.

    A name is not resolved here: the caller checks each address with ``is_allowed``.
    """
    parts = _split(url)
    if parts.scheme not in schemes or parts.scheme not in _PORTS:
        raise _refused(f"Its scheme must be {' or '.join(schemes)}.", "url-scheme")
    if parts.username is not None or parts.password is not None:
        raise _refused("Put no user or password into it; use headers or secrets.", "url-user")
    host = _ascii(parts.hostname or "")
    literal = _literal(host)
    if literal is not None and not is_allowed(literal, allowed):
        raise _refused(
            "It points to an address that is not public. An administrator may allow the network "
            "by MOTCUA_OUTGOING_PRIVATE.",
            "url-private",
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(
        scheme=parts.scheme, host=host, port=parts.port or _PORTS[parts.scheme], path=path
    )


def is_allowed(address: Address, allowed: Sequence[Network]) -> bool:
    """True for public addresses and for the allowed networks, also behind IPv6 wrappings."""
    inner = _carried(address)
    if inner is not None:
        return is_allowed(inner, allowed)
    if any(address.version == net.version and address in net for net in allowed):
        return True
    return address.is_global and not address.is_multicast and address not in _SITE_LOCAL


def _carried(address: Address) -> Address | None:
    if isinstance(address, IPv4Address):
        return None
    if any(address in net for net in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST:
        raise _refused(f"It is longer than {LONGEST} characters.", "url-long")
    if any(ord(letter) <= 0x20 or ord(letter) == 0x7F or letter == "\\" for letter in url):
        raise _refused("It holds a space, a backslash or a control character.", "url-characters")
    if not url.isascii():
        raise _refused("Write other letters percent-encoded, names as xn--.", "url-characters")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        raise _refused("Its host or port cannot be read.", "url-host") from None
    return parts


def _ascii(host: str) -> str:
    if not host or host.startswith(".") or len(host) > 253 or "%" in host:
        raise _refused("Its host is missing or cannot be read.", "url-host")
    return host


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _refused(sentence: str, code: str) -> InvalidInput:
    return InvalidInput(f"The URL cannot be called. {sentence}", code=code)
