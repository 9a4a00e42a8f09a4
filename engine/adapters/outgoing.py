"""Guarded HTTP client: the only door through which the installation calls others.

A name is resolved once and the connection goes to an address that was checked,
so a second answer of the DNS changes nothing. Refuses addresses that are not
public (unless allowed), proxies from the environment, answers over the limit
and calls over their time; every redirect is checked like a first URL.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from urllib.parse import urljoin

from engine.domain.outgoing import Network, Target, is_allowed, networks_of, target_of
from engine.errors import InvalidInput
from engine.ports.outgoing import Call, OutgoingFailed, Reply
from engine.settings import Settings

CONNECT_SECONDS = 5.0
CHUNK = 65_536
AGENT = "motcua"
_MOVED = frozenset({301, 302, 303, 307, 308})
_PRIVATE_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection"})
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e]*")

Resolve = Callable[[str, int], Sequence[str]]


class GuardedHttp:
    """``engine.ports.outgoing.Outgoing`` over sockets of the standard library."""

    def __init__(
        self,
        schemes: Sequence[str],
        allowed: Sequence[Network],
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._schemes = tuple(schemes)
        self._allowed = tuple(allowed)
        self._resolve = resolve or _resolve
        self._tls = tls

    @classmethod
    def of(cls, settings: Settings) -> GuardedHttp:
        """The client an installation's settings describe."""
        return cls(settings.outgoing_schemes, networks_of(settings.outgoing_private))

    def send(self, call: Call) -> Reply:
        """The answer, whatever its status; ``OutgoingFailed`` when there is none."""
        _require_plain(call.headers)
        ends = time.monotonic() + call.seconds
        url, method, body = call.url, call.method, call.body
        headers = dict(call.headers)
        for _ in range(call.redirects + 1):
            target = self._target(url)
            reply = self._once(target, url, method, headers, body, ends, call.answer_limit)
            place = reply.headers.get("location")
            if not call.redirects or reply.status not in _MOVED or place is None:
                return reply
            url = urljoin(url, place)
            headers = self._headers_for(target, url, headers)
            if reply.status == 303 or (reply.status in {301, 302} and method == "POST"):
                method, body = "GET", None
                headers = {k: v for k, v in headers.items() if not _describes_body(k)}
        raise OutgoingFailed("redirects", may_repeat=False)

    def _target(self, url: str) -> Target:
        try:
            return target_of(url, self._schemes, self._allowed)
        except InvalidInput as refusal:
            reason = "address-refused" if refusal.reason == "url-private" else "url-refused"
            raise OutgoingFailed(reason, may_repeat=False) from None

    def _headers_for(self, before: Target, url: str, headers: dict[str, str]) -> dict[str, str]:
        after = self._target(url)
        if before.scheme == "https" and after.scheme != "https":
            raise OutgoingFailed("redirects", may_repeat=False)
        if after.origin == before.origin:
            return headers
        return {name: v for name, v in headers.items() if name.lower() not in _PRIVATE_HEADERS}

    def _once(
        self,
        target: Target,
        url: str,
        method: str,
        headers: Mapping[str, str],
        body: bytes | None,
        ends: float,
        limit: int,
    ) -> Reply:
        with _failures(ends):
            connection = _Pinned(target, self._addresses(target), ends, self._context(target))
            watchdog = threading.Timer(max(ends - time.monotonic(), 0.0), connection.cut)
            watchdog.daemon = True
            watchdog.start()
            try:
                given = {"Host": target.host_header, "User-Agent": AGENT, "Connection": "close"}
                connection.request(method, target.path, body=body, headers={**given, **headers})
                with connection.getresponse() as answer:
                    content = _read(answer, limit, ends)
                    headers = _joined(answer)
                if time.monotonic() >= ends:
                    raise OutgoingFailed("timed-out")
                return Reply(status=answer.status, headers=headers, body=content, url=url)
            finally:
                watchdog.cancel()
                connection.close()

    def _addresses(self, target: Target) -> Sequence[str]:
        found = self._resolve(target.host, target.port)
        # One private answer among public ones is an attack or a mistake: refuse all.
        if not all(is_allowed(ip_address(text.partition("%")[0]), self._allowed) for text in found):
            raise OutgoingFailed("address-refused")
        if not found:
            raise OutgoingFailed("name-unknown")
        return found

    def _context(self, target: Target) -> ssl.SSLContext | None:
        if target.scheme != "https":
            return None
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


class _Pinned(http.client.HTTPConnection):
    """A connection to addresses that were checked, with the name kept for TLS."""

    def __init__(
        self, target: Target, addresses: Sequence[str], ends: float, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(target.host, target.port)
        self._addresses = addresses
        self._ends = ends
        self._context = tls
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        self._raw = raw = self._reach()
        raw.settimeout(_left(self._ends))
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context is None:
            self.sock = raw
        else:
            wrapped = self._context.wrap_socket(
                raw, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self._raw = wrapped
            wrapped.do_handshake()

    def cut(self) -> None:
        """Time is over: whoever reads or writes wakes with an error."""
        try:
            if self._raw is not None:
                self._raw.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def _reach(self) -> socket.socket:
        failure: OSError = TimeoutError()
        for address in self._addresses:
            try:
                wait = min(CONNECT_SECONDS, _left(self._ends))
                return socket.create_connection((address, self.port), wait)
            except OSError as error:
                failure = error
        raise failure


@contextmanager
def _failures(ends: float) -> Iterator[None]:
    """Errors of sockets, TLS and HTTP become words that say nothing about the call's content."""
    try:
        yield
    except OutgoingFailed:
        raise
    except ssl.SSLError as error:
        late = time.monotonic() >= ends
        raise OutgoingFailed("timed-out" if late else "tls") from error
    except TimeoutError as error:
        raise OutgoingFailed("timed-out") from error
    except http.client.HTTPException as error:
        late = time.monotonic() >= ends
        raise OutgoingFailed("timed-out" if late else "answer-broken") from error
    except (OSError, ValueError) as error:
        late = time.monotonic() >= ends
        raise OutgoingFailed("timed-out" if late else "unreachable") from error


def _read(answer: http.client.HTTPResponse, limit: int, ends: float) -> bytes:
    content = bytearray()
    while chunk := answer.read1(CHUNK):
        content += chunk
        if len(content) > limit:
            raise OutgoingFailed("answer-too-large")
        if time.monotonic() >= ends:
            raise OutgoingFailed("timed-out")
    if answer.length:
        raise OutgoingFailed("answer-broken")
    return bytes(content)


def _require_plain(headers: Mapping[str, str]) -> None:
    """Names and values that cannot smuggle a second header, and none that we set ourselves."""
    for name, value in headers.items():
        plain = _NAME.fullmatch(name) and _VALUE.fullmatch(value)
        if not plain or name.lower() in _OURS:
            raise OutgoingFailed("header-refused", may_repeat=False)


def _joined(answer: http.client.HTTPResponse) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in answer.getheaders():
        known = headers.get(name.lower())
        headers[name.lower()] = value if known is None else f"{known}, {value}"
    return headers


def _describes_body(name: str) -> bool:
    return name.lower().startswith("content-")


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise OutgoingFailed("timed-out")
    return left


def _resolve(host: str, port: int) -> Sequence[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutgoingFailed("name-unknown") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
