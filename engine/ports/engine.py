"""The engine's face: what routes, pages, worker and CLI see of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.domain.actors import Actor
from engine.domain.law import LawBook
from engine.ports.bell import Bell
from engine.ports.blobs import Blobs
from engine.ports.dispatcher import WorkSource
from engine.ports.pdf import PdfPrinter
from engine.ports.runtime import Finding, Runtime
from engine.ports.signing import Signer
from engine.ports.views import Views
from engine.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Idempotency:
    """The caller's key and the digest of the body it came with."""

    key: str
    body_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command answers: keys and small facts, JSON-able; ``replayed`` = done before."""

    result: Mapping[str, object]
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A live browser session: who, and the token every form must carry."""

    actor: Actor
    csrf: str


class Engine(Protocol):
    """One engine per process; opens no connection before the first call."""

    @property
    def settings(self) -> Settings: ...
    @property
    def views(self) -> Views: ...
    @property
    def runtime(self) -> Runtime: ...
    @property
    def printer(self) -> PdfPrinter: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def bell(self) -> Bell: ...
    @property
    def signer(self) -> Signer: ...
    @property
    def work(self) -> WorkSource: ...

    def execute(
        self, command: object, actor: Actor, idempotency: Idempotency | None = None
    ) -> Done:
        """Run one command in one transaction; ``Rejected`` when the caller is at fault."""

    def authenticate_basic(self, name: str, password: str) -> Actor:
        """``NotAuthenticated`` when the pair does not hold or the account is blocked."""

    def authenticate_token(self, token: str) -> Actor:
        """Likewise for a bearer token."""

    def session(self, secret: str) -> Session | None:
        """The live session of a cookie's secret, or None."""

    def actor_of(self, account: str) -> Actor | None:
        """Who acts in the name of an account; None when it is unknown or blocked."""

    def law(self) -> LawBook:
        """All rows of law; the same book until somebody changes one."""

    def open_roots(self, unit_id: str, limit: int) -> Sequence[int]:
        """Keys of roots of exactly this unit that still run or carry an open dossier."""

    def check(self, source: bytes, name: str) -> tuple[Finding, ...]:
        """Findings about a BPMN file."""

    def await_completion(self, instance_key: int, actor: Actor, seconds: float) -> bool:
        """Wait until the instance has ended; False when the time is over."""

    def run_due(self, limit: int = 100) -> int:
        """Run internal jobs, due timers and start timers once; how many were run."""

    def relay(self) -> int:
        """Publish events that were recorded; how many. Bounded: call again while it is not 0."""

    def check_clocks(self, limit: int = 100) -> Sequence[Mapping[str, object]]:
        """After a change of the law: one entry per root checked, with the dates that moved."""

    def seal(self) -> int:
        """Seal all chain heads that changed; how many."""

    def tidy(self) -> int:
        """Delete rows whose time is over; how many."""

    def close(self) -> None: ...
