"""Which agency decides a dossier, asked before anything is stored.

The catalogue of law decides; a procedure it does not list is resolved by what
its own package says of rule and reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.commands.context import Context
from engine.domain.dossier import Procedure
from engine.domain.jurisdiction import Accepted, Atlas, Entry, Fact, Refused, Rule, atlas_on
from engine.domain.jurisdiction.catalogue import EXCLUSIONS
from engine.domain.jurisdiction.resolver import decide, resolve
from engine.domain.organisation import Unit
from engine.errors import Conflict

# Rule kind of a package -> kind, deciding fact, the fact's type and whose body decides.
_RULES: Mapping[str, tuple[str, str, str, str]] = {
    "receiving_commune": ("receiving_commune", "", "", "commune"),
    "residence": ("residence", "residence", "commune", "commune"),
    "object_place": ("place_of_object", "place", "commune", "commune"),
    "register_keeper": ("register_keeper", "register_keeper", "unit", "keeper"),
    "seat": ("seat", "seat", "commune", "commune"),
    "provincial_department": ("provincial_department", "province", "unit", "department"),
}


def reception_unit(context: Context, point: str) -> Unit:
    """The unit that runs a reception point; a commune's or province's code is accepted too."""
    atlas = atlas_on(context.law, _today(context))
    return atlas.units.get(atlas.point(point).operated_by)


def competent(
    context: Context, procedure: Procedure, at: Unit | str, facts: Mapping[str, object], on: date
) -> tuple[Accepted, Unit]:
    """The agency that decides and its unit; ``Conflict`` with a hint when not here."""
    point = at if isinstance(at, str) else at.code
    atlas = atlas_on(context.law, on)
    if context.law.find("procedure", procedure.code, on) is not None:
        answer = resolve(context.law, procedure.code, point, facts, on)
    else:
        entry, rule = _of_package(procedure)
        reach = (procedure.reach, procedure.basis)
        answer = decide(atlas, entry, rule, point, facts, reach)
    if isinstance(answer, Refused):
        raise Conflict(f"{answer.hint['vi']} / {answer.hint['en']}", code=answer.code)
    return answer, _home(atlas, answer)


def _home(atlas: Atlas, answer: Accepted) -> Unit:
    """A ministry has no unit of ours: its dossiers stay where they were received."""
    unit = atlas.units.by_code.get(answer.competent_agency.unit_code)
    return unit or atlas.units.get(answer.reception_point.operated_by)


def _today(context: Context) -> date:
    return context.uow.now.astimezone(context.settings.zone).date()


def _of_package(procedure: Procedure) -> tuple[Entry, Rule]:
    kind, fact, type, body = _RULES[procedure.rule]
    deciding = Fact(
        name=fact,
        type=type,  # type: ignore[arg-type]  # the table above holds only known types
        label={"vi": fact, "en": fact},
        required=kind != "provincial_department" or procedure.exclusion is not None,
    )
    rule = Rule(
        id=f"package-{kind}",
        kind=kind,  # type: ignore[arg-type]  # likewise
        facts=(deciding,) if fact else (),
        body=body,  # type: ignore[arg-type]  # likewise
        because={"vi": "theo quy định của thủ tục", "en": "as the procedure says"},
        source=procedure.basis,
    )
    entry = Entry(
        code=procedure.code,
        name=procedure.name,
        level="province" if body == "department" else "commune",
        field=str(procedure.facts.get("field", {}).get("code", "khac")),
        rule=rule.id,
        exclusion=next((one for one in EXCLUSIONS if one == procedure.exclusion), None),
        source=procedure.basis,
    )
    return entry, rule
