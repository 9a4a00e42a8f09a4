"""Business time, for demo and test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response

from api.answers import done
from api.calls import engine, run
from api.door import Door
from api.schemas.requests.events import ClockPin
from engine.commands.pin_clock import PinClock

door = Door("Clock", __name__, url_prefix="/v2/clock")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@door.operation("PUT", "", body=ClockPin, answers={204: None}, sends=PinClock)
def pin_clock(body: Mapping[str, Any]) -> Response:
    """Pin business time; what is due by then runs before the answer."""
    run(PinClock(at=EPOCH + timedelta(milliseconds=int(body["timestamp"]))))
    engine().run_due()
    return done()


@door.operation("POST", "/reset", answers={204: None}, sends=PinClock)
def reset_clock() -> Response:
    """Let business time run again."""
    run(PinClock(at=None))
    return done()
