"""Dossiers reach the portal in order, also when it was away; both sides are compared."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from cli.mock_portal import serving
from engine.adapters.outgoing import GuardedHttp
from engine.adapters.portal import PortalClient
from engine.commands.portal_messages import TakePortalMessages
from engine.commands.reconcile_portal import ReconcilePortal
from engine.dispatch import CommandEngine
from engine.domain.actors import SYSTEM
from engine.domain.outgoing import networks_of
from engine.domain.portal import Theirs
from engine.domain.portal.mock import MockPortal
from engine.errors import Forbidden
from engine.ports.portal import PortalRefused
from engine.settings import HANOI, PortalAccess
from engine.testing import TESTER
from engine.worker.portal import PortalPusher
from tests.contract.dossier.counter import RECEPTION, Counter

OUTGOING = GuardedHttp(("http",), networks_of(("127.0.0.0/8",)))


@contextmanager
def _running(portal: MockPortal, port: int = 0) -> Iterator[ThreadingHTTPServer]:
    server = serving(portal, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _pusher(engine: CommandEngine, port: int, password: str = "motcua") -> PortalPusher:
    access = PortalAccess(url=f"http://127.0.0.1:{port}", user="motcua", password=password)
    return PortalPusher(engine, PortalClient(access, OUTGOING, HANOI))


def _drain(engine: CommandEngine, pusher: PortalPusher) -> None:
    while engine.relay():
        pass
    while pusher.turn():
        pass


def _sync(counter: Counter, made: Any) -> object:
    row = counter.driver.engine.views.get("dossier", TESTER, int(str(made["key"])))
    assert row is not None
    return row["sync"]


def test_a_received_dossier_is_told_whole(engine: CommandEngine, counter: Counter) -> None:
    portal = MockPortal()
    made = counter.receive()

    with _running(portal) as server:
        _drain(engine, _pusher(engine, server.server_address[1]))

    told = portal.dossiers[str(made["code"])]
    assert told["ChuHoSo"] == "Hồ Thị Hạnh"
    assert (told["MaTTHC"], told["TrangThaiHoSo"]) == ("9.000001", "2")
    assert told["NopTrucTuyen"] == "False"
    assert len(told["NgayTiepNhan"]) == 14
    assert portal.history[str(made["code"])] == [2]
    assert _sync(counter, made) == "sent"


def test_while_the_portal_is_away_nothing_is_lost(engine: CommandEngine, counter: Counter) -> None:
    portal = MockPortal()
    with _running(portal) as server:
        port = server.server_address[1]
        _drain(engine, _pusher(engine, port))
    made = counter.receive()

    away = _pusher(engine, port)
    _drain(engine, away)

    assert _sync(counter, made) == "pending"
    with pytest.raises(PortalRefused):
        away.reconcile()
    with _running(portal) as server:
        pusher = _pusher(engine, server.server_address[1])
        compared: Any = engine.execute(ReconcilePortal(theirs=(), patience_seconds=-1), TESTER)
        _drain(engine, pusher)
        again = pusher.reconcile()
    missing = {one["code"] for one in compared.result["differences"]}
    assert str(made["code"]) in missing
    assert _sync(counter, made) == "sent"
    assert portal.history[str(made["code"])] == [2]
    assert str(made["code"]) not in {one["code"] for one in again["differences"]}  # type: ignore[attr-defined]


def test_two_senders_never_take_one_message(engine: CommandEngine, counter: Counter) -> None:
    counter.receive()
    with _running(MockPortal()) as server:
        pusher = _pusher(engine, server.server_address[1])
        while engine.relay():
            pass
        engine.execute(ReconcilePortal(theirs=()), TESTER)
        first: Any = engine.execute(TakePortalMessages(limit=1000), SYSTEM).result
        second: Any = engine.execute(TakePortalMessages(limit=1000), SYSTEM).result
        held = {one["position"] for one in first["messages"]}
        assert held.isdisjoint({one["position"] for one in second["messages"]})
        for letter in first["messages"]:
            pusher._send(letter)
        _drain(engine, pusher)


def test_a_wrong_password_is_told_by_its_reason(engine: CommandEngine) -> None:
    with _running(MockPortal()) as server:
        pusher = _pusher(engine, server.server_address[1], "wrong")

        with pytest.raises(PortalRefused, match="login-refused"):
            pusher.reconcile()


def test_a_clerk_cannot_compare(engine: CommandEngine) -> None:
    with pytest.raises(Forbidden):
        engine.execute(ReconcilePortal(theirs=()), RECEPTION)


class _Silent:
    """A portal that takes the call and does not answer until it is let."""

    def __init__(self) -> None:
        self.asked, self.let = threading.Event(), threading.Event()

    def tell(self, service: str, body: Mapping[str, object]) -> None:
        del service, body
        self.asked.set()
        assert self.let.wait(60)

    def dossiers(self) -> Sequence[Theirs]:
        return ()


def test_a_silent_portal_holds_up_nobody(engine: CommandEngine, counter: Counter) -> None:
    portal = _Silent()
    made = counter.receive()
    while engine.relay():
        pass
    pusher = PortalPusher(engine, portal)

    assert pusher.beside() == 0
    assert portal.asked.wait(60)
    assert pusher.beside() == 0
    other = counter.receive()
    engine.run_due()
    assert _sync(counter, other) == "local"

    portal.let.set()
    assert pusher.wait(60)
    assert _sync(counter, made) == "sent"


def test_told_and_yet_unknown_there_is_for_a_person(
    engine: CommandEngine, counter: Counter
) -> None:
    made = counter.receive()
    with _running(MockPortal()) as server:
        _drain(engine, _pusher(engine, server.server_address[1]))

    engine.execute(ReconcilePortal(theirs=(), patience_seconds=-1), TESTER)

    assert _sync(counter, made) == "differs"
