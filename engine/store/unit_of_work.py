"""One transaction as commands see it; leaving it without ``commit`` rolls back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update

from engine.domain.events import Event
from engine.domain.ids import Key
from engine.domain.records import InstanceRecord
from engine.errors import NotFound
from engine.ports.store import Replay
from engine.store import completions, mapping, replays
from engine.store.accounts import SqlAccounts
from engine.store.arrivals import SqlArrivals
from engine.store.connectors import SqlConnectors
from engine.store.decisions import SqlDecisions
from engine.store.definitions import SqlDefinitions
from engine.store.documents import SqlDocuments
from engine.store.dossiers import SqlDossiers
from engine.store.feed import SqlFeed
from engine.store.handover import SqlHandOvers
from engine.store.jobs import SqlJobs
from engine.store.law import LawCache, SqlLaw
from engine.store.leases import SqlLeases
from engine.store.ledger import Ledger
from engine.store.legal_clocks import SqlLegalClocks
from engine.store.money import SqlMoney
from engine.store.notifications import SqlNotifications
from engine.store.papers import SqlPapers
from engine.store.portal import SqlPortalQueue
from engine.store.registers import SqlRegisters
from engine.store.retention import SqlRetention
from engine.store.roots import SqlRoots
from engine.store.sqltypes import fits
from engine.store.tables import clock, process_instance
from engine.store.transaction import Transaction
from engine.store.waits import SqlWaits
from engine.store.webhooks import SqlWebhooks

_INSTANCE = select(process_instance).where(process_instance.c.key == bindparam("k"))
_BUSINESS_ID = select(process_instance.c.key).where(
    process_instance.c.process_id == bindparam("process_id"),
    process_instance.c.business_id == bindparam("business_id"),
    process_instance.c.tenant_id == bindparam("tenant"),
    process_instance.c.state.in_(("ACTIVE", "SUSPENDED")),
    process_instance.c.key == process_instance.c.root_key,
)


class SqlUnitOfWork:
    """``engine.ports.store.UnitOfWork`` in SQL."""

    def __init__(self, tx: Transaction, zone: ZoneInfo, law: LawCache) -> None:
        self._tx = tx
        self._ledger = Ledger(tx, zone)
        self.committed = False
        self.roots = SqlRoots(tx, self._ledger)
        self.definitions = SqlDefinitions(tx)
        self.decisions = SqlDecisions(tx)
        self.jobs = SqlJobs(tx)
        self.connectors = SqlConnectors(tx)
        self.notifications = SqlNotifications(tx)
        self.leases = SqlLeases(tx, self.jobs)
        self.waits = SqlWaits(tx)
        self.arrivals = SqlArrivals(tx)
        self.documents = SqlDocuments(tx)
        self.registers = SqlRegisters(tx)
        self.accounts = SqlAccounts(tx)
        self.law = SqlLaw(tx, law)
        self.feed = SqlFeed(tx)
        self.dossiers = SqlDossiers(tx)
        self.money = SqlMoney(tx, self.dossiers)
        self.hand_overs = SqlHandOvers(tx)
        self.webhooks = SqlWebhooks(tx)
        self.portal = SqlPortalQueue(tx)
        self.clocks = SqlLegalClocks(tx)
        self.papers = SqlPapers(tx)
        self.retention = SqlRetention(tx, self._ledger)

    @property
    def now(self) -> datetime:
        """Business time."""
        return self._tx.now

    @property
    def real_now(self) -> datetime:
        """The database's real clock."""
        return self._tx.real_now

    @property
    def created_internal(self) -> bool:
        """True when internal jobs were added."""
        return self._tx.created_internal

    @property
    def rings(self) -> set[str]:
        """Who waits for what this transaction made."""
        return self._tx.rings

    def next_key(self) -> Key:
        """A fresh key."""
        return self._tx.next_key()

    def instance(self, key: Key) -> InstanceRecord:
        """A process instance."""
        row = self._tx.read(_INSTANCE, {"k": key}).one_or_none() if fits(key) else None
        if row is None:
            raise NotFound(f"There is no process instance with key {key}.")
        return mapping.instance(row._asdict(), self._tx.definition)

    def has_business_id(self, process_id: str, business_id: str, tenant_id: str) -> bool:
        """True when an active root instance of the process has it."""
        parameters = {"process_id": process_id, "business_id": business_id, "tenant": tenant_id}
        return self._tx.read(_BUSINESS_ID, parameters).first() is not None

    def completed_by(self, instance_key: Key, element_id: str) -> frozenset[str]:
        """Who completed tasks of this element in this instance."""
        return completions.completed_by(self._tx, instance_key, element_id)

    def pin_clock(self, at: datetime | None) -> None:
        """Stop business time at an instant, or let it run again."""
        self._tx.write(update(clock).where(clock.c.id == 1).values(pinned_at=at))
        self._tx.set_clock(at)

    def record(self, root_key: Key | None, *events: Event) -> None:
        """Apply and append."""
        self._ledger.record(root_key, events)

    def claim_idempotency(self, actor: str, key: str, body_hash: str) -> Replay | None:
        """Insert the row first; a Replay when it exists."""
        return replays.claim(self._tx, actor, key, body_hash)

    def keep_result(self, actor: str, key: str, result: Mapping[str, object]) -> None:
        """What the command answered."""
        replays.keep(self._tx, actor, key, result)

    def commit(self) -> None:
        """Write what waits in memory and commit."""
        self._tx.require_writing()
        self._ledger.write()
        self._tx.connection.commit()
        self.committed = True
