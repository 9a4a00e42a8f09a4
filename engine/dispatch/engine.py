"""Engine.execute: authorise, open the transaction, run the handler, commit.

A lost race is run again from the beginning, a bounded number of times. What a
command sends to other roots is run right after its commit, in transactions of
their own; the worker repeats whatever a crash leaves behind.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from engine.commands.check_clocks import CheckClocks, FindOutdated
from engine.commands.context import Context
from engine.commands.decision_models import DecisionModels
from engine.commands.find_late import FindLateSupplements
from engine.commands.keep_history import CleanUp
from engine.commands.log_in import CountFailedLogIn, LogIn
from engine.commands.registry import ABILITIES, Ability
from engine.commands.relay_events import RelayEvents
from engine.commands.take_step import TakeStep
from engine.dispatch.authentication import Authentication
from engine.dispatch.documents import PaperTidy
from engine.dispatch.firing import Firing
from engine.dispatch.internal import command_of
from engine.dispatch.work import LeasedWork
from engine.domain.actors import SYSTEM, Actor
from engine.domain.ids import Key
from engine.domain.jobs.outcomes import Failed, Work
from engine.domain.law import LawBook
from engine.domain.permissions import allows
from engine.domain.records import JobRecord
from engine.errors import (
    Conflict,
    Forbidden,
    NotAuthenticated,
    NotFound,
    Rejected,
    Unavailable,
)
from engine.ports.blobs import Blobs
from engine.ports.engine import Done, Idempotency, Session
from engine.ports.passwords import Passwords
from engine.ports.pdf import PdfPrinter
from engine.ports.runtime import Finding, Runtime
from engine.ports.signing import Signer
from engine.ports.store import Store, UnitOfWork
from engine.ports.views import Views
from engine.settings import Settings

log = logging.getLogger("motcua.dispatch")

ATTEMPTS = 6


class CommandEngine:
    """The ``Engine`` port on a store and a runtime."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        views: Views,
        runtime: Runtime,
        passwords: Passwords,
        printer: PdfPrinter,
        blobs: Blobs,
        signer: Signer,
    ) -> None:
        self.settings = settings
        self.views = views
        self.runtime = runtime
        self.printer = printer
        self.blobs = blobs
        self.signer = signer
        self._papers = PaperTidy(store, blobs)
        self.store = store
        self._passwords = passwords
        self._decisions = DecisionModels(settings.zone)
        self._clocks_checked = -1
        self._authentication = Authentication(store, passwords)
        self.bell = store.bell
        self._firing = Firing(store, self.execute)
        self.work = LeasedWork(store, self._finish_work)

    def execute(
        self, command: object, actor: Actor, idempotency: Idempotency | None = None
    ) -> Done:
        """Run one command in one transaction."""
        ability = ABILITIES[type(command)]
        if not allows(actor, ability.permission):
            raise Forbidden("Your roles do not allow this.", code="role-missing")
        try:
            done, sends = self._with_retries(ability, command, actor, idempotency)
        except NotAuthenticated as refusal:
            if isinstance(command, LogIn) and refusal.reason == "wrong-credentials":
                self.execute(CountFailedLogIn(name=command.name), SYSTEM)
            raise
        if sends and actor is not SYSTEM:
            self.run_internal()
        return done

    def authenticate_basic(self, name: str, password: str) -> Actor:
        """The actor of a Basic pair; wrong pairs count towards the lock-out."""
        try:
            return self._authentication.basic(name, password)
        except NotAuthenticated as refusal:
            if refusal.reason == "wrong-credentials":
                self.execute(CountFailedLogIn(name=name), SYSTEM)
            raise

    def authenticate_token(self, token: str) -> Actor:
        """The actor of a bearer token."""
        return self._authentication.token(token)

    def session(self, secret: str) -> Session | None:
        """The live session of a cookie's secret."""
        return self._authentication.session(secret)

    def actor_of(self, account: str) -> Actor | None:
        """Who acts in the name of an account; None when it is unknown or blocked."""
        return self._authentication.account(account)

    def law(self) -> LawBook:
        """All rows of law."""
        with self.store.reading(SYSTEM) as uow:
            return uow.law.book()

    def open_roots(self, unit_id: str, limit: int) -> Sequence[Key]:
        """What a merger still has to move."""
        with self.store.reading(SYSTEM) as uow:
            return uow.roots.open_in(unit_id, limit)

    def check(self, source: bytes, name: str) -> tuple[Finding, ...]:
        """Findings about a BPMN file."""
        return self.runtime.check(source, name)

    def await_completion(self, instance_key: Key, actor: Actor, seconds: float) -> bool:
        """Wait until the instance has ended; False when the time is over."""
        end = time.monotonic() + seconds
        while True:
            row = self.views.get("process_instance", actor, instance_key)
            if row is None or row["state"] not in ("ACTIVE", "SUSPENDED"):
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(0.05, left))

    def run_due(self, limit: int = 100) -> int:
        """Internal jobs, due timers and start timers, once."""
        done = self.run_internal(limit) + len(self.check_clocks(limit))
        done += self._firing.turn(limit)
        if done:
            self.run_internal(limit)
        return done

    def check_clocks(self, limit: int = 100) -> Sequence[Mapping[str, object]]:
        """After a change of the law: dates of roots computed again, and which moved."""
        revision = self.law().revision
        if revision == self._clocks_checked:
            return ()
        roots = self.execute(FindOutdated(limit=limit), SYSTEM).result["roots"]
        found = cast("Sequence[Key]", roots)
        checked = [self.execute(CheckClocks(root_key=key), SYSTEM).result for key in found]
        if len(found) < limit:
            self._clocks_checked = revision
        return checked

    def run_internal(self, limit: int = 100) -> int:
        """Lease and run internal jobs until none is due or ``limit`` were run."""
        done = 0
        while done < limit:
            with self.store.unit_of_work(SYSTEM) as uow:
                jobs = uow.jobs.due_internal(limit, self.settings.lease_seconds)
                uow.commit()
            if not jobs:
                break
            for job in jobs:
                self._run_job(job)
            done += len(jobs)
        return done

    def relay(self) -> int:
        """Publish what was recorded, a bounded number of events."""
        return int(str(self.execute(RelayEvents(), SYSTEM).result["published"]))

    def seal(self) -> int:
        """Seal the chains' heads."""
        return self.store.seal()

    def tidy(self) -> int:
        """Delete rows whose time is over."""
        gone = self.store.tidy() + self._papers.tidy(self._quietly)
        return gone + self._end_late_supplements() + self._quietly(CleanUp(), "removed")

    def _end_late_supplements(self) -> int:
        """Nobody answered in time: 3 before acceptance, 8 in appraisal."""
        late = self.execute(FindLateSupplements(), SYSTEM).result["codes"]
        steps = [TakeStep(code=code, step="supplement-expired") for code in cast("list[str]", late)]
        return sum(self._quietly(step, "key") for step in steps)

    def close(self) -> None:
        """Give the pool back; the engine cannot be used afterwards."""
        self.store.dispose()

    def _with_retries(
        self, ability: Ability, command: object, actor: Actor, idempotency: Idempotency | None
    ) -> tuple[Done, bool]:
        for attempt in range(ATTEMPTS):
            try:
                return self._once(ability, command, actor, idempotency)
            except Exception as error:
                if not self.store.is_retryable(error):
                    raise
                log.info("lost race, attempt %d, %s", attempt + 1, type(command).__name__)
                # Jitter keeps two losers from meeting again.
                time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311 # no secret
        raise Unavailable("The row is busy; repeat the call.", code="busy")

    def _once(
        self, ability: Ability, command: object, actor: Actor, idempotency: Idempotency | None
    ) -> tuple[Done, bool]:
        with self.store.unit_of_work(actor) as uow:
            if idempotency is not None:
                replay = self._replay(uow, actor, idempotency)
                if replay is not None:
                    return replay, False
            context = Context(
                uow=uow,
                actor=actor,
                runtime=self.runtime,
                passwords=self._passwords,
                decisions=self._decisions,
                settings=self.settings,
                blobs=self.blobs,
                signer=self.signer,
            )
            result = ability.handler(command, context)
            if idempotency is not None:
                uow.keep_result(actor.name, idempotency.key, _lasting(result))
            uow.commit()
            return Done(result=result), uow.created_internal

    def _replay(self, uow: UnitOfWork, actor: Actor, idempotency: Idempotency) -> Done | None:
        replay = uow.claim_idempotency(actor.name, idempotency.key, idempotency.body_hash)
        if replay is None:
            return None
        if replay.body_hash != idempotency.body_hash:
            raise Conflict(
                "This Idempotency-Key was used with another body.", code="idempotency-mismatch"
            )
        if replay.result is None:
            raise Conflict("The first call with this key still runs.", code="idempotency-running")
        return Done(result=replay.result, replayed=True)

    def _run_job(self, job: JobRecord) -> None:
        try:
            command = command_of(job)
            while self.execute(command, SYSTEM).result.get("delivered"):
                continue
        except Exception as error:
            # The text of an error may quote a value; its type may not.
            log.warning("internal job %s failed: %s", job.type, type(error).__name__)
            if job.kind != "INTERNAL":
                self._refused_inside(job, error)
                return
            with self.store.unit_of_work(SYSTEM) as uow:
                uow.jobs.fail_internal(job.key, type(error).__name__)
                uow.commit()

    def _refused_inside(self, job: JobRecord, error: Exception) -> None:
        # A refusal is the model's fault and repeating it is no cure; anything else may pass.
        refused = isinstance(error, Rejected) and not isinstance(error, Unavailable)
        message = error.sentence if isinstance(error, Rejected) else type(error).__name__
        work = Work(job=job, variables={}, now=datetime.now(UTC))
        self.work.finish(work, Failed(message=message, again=not refused))

    def _finish_work(self, command: object) -> None:
        self.execute(command, SYSTEM)
        self.run_internal()

    def _quietly(self, command: object, counted: str = "fired") -> int:
        try:
            return int(bool(self.execute(command, SYSTEM).result.get(counted)))
        except (Conflict, NotFound):
            return 0
        except Exception as error:
            log.warning("%s failed: %s", type(command).__name__, type(error).__name__)
            return 0


def _lasting(result: Mapping[str, object]) -> Mapping[str, object]:
    """Members named ``once_`` are secrets shown one time; a replay does without them."""
    return {name: value for name, value in result.items() if not name.startswith("once_")}
