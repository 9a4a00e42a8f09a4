"""What commands ask of dossiers, persons, procedures' versions and money in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from engine.domain.dossier import CodePattern, DossierRecord, PersonRecord
from engine.domain.ids import Key
from engine.domain.records import DefinitionRecord


class Dossiers(Protocol):
    """Dossier rows follow from events; what is written here directly is no history."""

    def find_code(self, code: str, tenant_id: str) -> Key | None:
        """The key of a code; nothing is locked."""

    def find_portal_code(self, portal_code: str, tenant_id: str) -> Key | None:
        """The key of a dossier that came from the portal."""

    def read(self, key: Key) -> DossierRecord:
        """The row; under its root's lock it is what the command may rely on."""

    def carried_by(self, root_key: Key) -> DossierRecord | None:
        """The dossier of a root, or None."""

    def answer_by(self, key: Key) -> datetime | None:
        """Until when the last supplement asked for may be answered."""

    def late_supplements(self, now: datetime, limit: int) -> Sequence[str]:
        """Codes (or portal codes) of open supplements whose time to answer is over."""

    def issue_code(self, pattern: CodePattern, series: str, tenant_id: str) -> str:
        """The next code of a series: its counter's row stays locked to the commit."""

    def hold_portal_code(self, portal_code: str) -> None:
        """Two calls about one portal code go one after the other."""

    def filing(self, key: Key) -> tuple[Mapping[str, Any], datetime] | None:
        """What the portal sent, and when it was submitted."""

    def keep_filing(self, key: Key, body: Mapping[str, Any], submitted_at: datetime) -> None:
        """Insert or replace."""

    def set_secret(self, key: Key, salt: bytes, digest: bytes) -> None:
        """The look-up secret's digest; an older one no longer holds."""

    def secret(self, key: Key) -> tuple[bytes, bytes] | None:
        """Salt and digest."""

    def tracking_failures(self, who: bytes, since: datetime) -> int:
        """Wrong look-ups since then."""

    def count_tracking_failure(self, who: bytes, now: datetime, since: datetime) -> None:
        """One more; a count that began before ``since`` begins anew."""

    def person(self, key: Key) -> PersonRecord:
        """``NotFound`` when there is none."""

    def keep_person(self, person: PersonRecord, tenant_id: str) -> Key:
        """The known person with this id number and name, brought up to date, or a new row."""

    def waiting_of(self, person: Key, procedure_code: str, tenant_id: str) -> str | None:
        """The portal code of a filing of this person that still waits for acceptance."""

    def procedure(
        self, code: str, on: str, tenant_id: str
    ) -> tuple[DefinitionRecord, Mapping[str, Any]]:
        """The version that applies on a day and its ``procedure.yml``; ``NotFound`` otherwise."""

    def procedure_of(self, definition_key: Key) -> Mapping[str, Any]:
        """The ``procedure.yml`` a dossier was accepted under; empty when there is none."""

    def add_procedure(
        self, definition: DefinitionRecord, facts: Mapping[str, Any], now: datetime
    ) -> None:
        """Keep the version's facts beside its definition."""
