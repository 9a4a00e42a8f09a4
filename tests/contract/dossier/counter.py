"""People of three units, and short ways to say what they do with dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.receive_dossier import ReceiveDossier
from engine.domain.actors import Actor
from engine.domain.dossier import PersonRecord
from engine.testing import EngineDriver

HOME, OTHER, THIRD = "20242", "20200", "00070"
APPLICANT = PersonRecord(name="Hồ Thị Hạnh", id_kind="cccd", id_number="048190001234")


def clerk(commune: str, province: str, role: str, *roles: str) -> Actor:
    """One member of a commune's counter."""
    return Actor(
        name=f"{role}-{commune}",
        roles=frozenset({"clerk", *roles}),
        groups=(f"{role}@ubnd-{commune}",),
        unit_id=f"{province}/{commune}/",
    )


RECEPTION = clerk(HOME, "48", "reception")
SPECIALIST = clerk(HOME, "48", "specialist")
SIGNER = clerk(HOME, "48", "signer", "supervisor")
NEIGHBOUR = clerk(OTHER, "48", "reception")
STRANGER = clerk(THIRD, "01", "reception", "supervisor")


def procedure(
    code: str,
    process: str,
    *,
    rule: str = "residence",
    exclusion: str = "none",
    scope: str = "province",
    **more: object,
) -> dict[str, object]:
    """The facts of a small procedure."""
    return {
        "code": code,
        "name": {"vi": f"Thủ tục {code}", "en": f"Procedure {code}"},
        "process": process,
        "deadline": {"statutory": [{"term": "3WD"}], "cut_off": {"time": "15:00"}},
        "borderless": {"scope": scope, "rule": rule, "basis": "b"},
        "legal_basis": [{"id": "b", "title": "Nghị định thử"}],
        "exclusion": exclusion,
        **more,
    }


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter on an engine."""

    driver: EngineDriver

    def receive(
        self,
        by: Actor = RECEPTION,
        code: str = "9.000001",
        at: str = HOME,
        applicant: PersonRecord = APPLICANT,
        facts: Mapping[str, object] | None = None,
        **more: object,
    ) -> Mapping[str, object]:
        """What the command answers."""
        command = ReceiveDossier(
            procedure_code=code,
            reception_point=at,
            applicant=applicant,
            facts={"residence": HOME} if facts is None else facts,
            **more,  # type: ignore[arg-type]  # tests give what the field takes
        )
        return self.driver.engine.execute(command, by).result
