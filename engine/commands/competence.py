"""Which agency decides a dossier, asked before anything is stored.

The catalogue of law decides; a procedure it does not list is resolved by what
its own package says of rule and reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.commands.context import Context
from engine.domain.dossier import Procedure
from engine.domain.jurisdiction import Accepted, Atlas, Entry, Fact, Refused, Rule, Scope, resolve
from engine.domain.jurisdiction.catalogue import EXCLUSIONS, Law
from engine.domain.law import LawBook
from engine.domain.organisation import Unit, Units
from engine.domain.text import nfc
from engine.errors import Conflict, NotFound

# Rule kind of a package -> kind, deciding fact and whose body decides.
_RULES: Mapping[str, tuple[str, str, str]] = {
    "receiving_commune": ("receiving_commune", "", "commune"),
    "residence": ("residence", "residence", "commune"),
    "object_place": ("place_of_object", "place", "commune"),
    "register_keeper": ("register_keeper", "keeper", "commune"),
    "seat": ("seat", "seat", "commune"),
    "provincial_department": ("provincial_department", "province", "department"),
}


def reception_unit(context: Context, point: str) -> Unit:
    """The unit a reception point stands for; a commune's or province's code is accepted too."""
    code = point.removeprefix("rp-")
    unit = units(context).by_code.get(code)
    if unit is None:
        raise NotFound(
            "The reception point is unknown: give rp-<code> or the code of a commune or province.",
            code="reception-point-unknown",
        )
    return unit


def competent(
    context: Context, procedure: Procedure, at: Unit, facts: Mapping[str, object], on: date
) -> tuple[Accepted, Unit]:
    """The agency that decides and its unit; ``Conflict`` with a hint when not here."""
    atlas = _atlas(context, procedure)
    answer = resolve(atlas, procedure.code, at.code, facts, on)
    if isinstance(answer, Refused):
        raise Conflict(f"{answer.hint['vi']} / {answer.hint['en']}", code=answer.code)
    return answer, atlas.units.get(answer.competent_agency.unit_code)


def units(context: Context) -> Units:
    """All units in force."""
    return context.law.derived(_units)


def _atlas(context: Context, procedure: Procedure) -> Atlas:
    known = units(context)
    entry, rule, scope = _of_package(procedure)
    law = Law(
        entries={entry.code: (entry,)}, rules={rule.id: (rule,)}, scopes={entry.code: (scope,)}
    )
    return Atlas(units=known, law=law)


def _of_package(procedure: Procedure) -> tuple[Entry, Rule, Scope]:
    kind, fact, body = _RULES[procedure.rule]
    since = date(1945, 9, 2)
    deciding = Fact(
        name=fact,
        type="province" if fact == "province" else "commune",
        label={"vi": fact, "en": fact},
    )
    rule = Rule(
        id=f"package-{kind}",
        kind=kind,  # type: ignore[arg-type]  # the table above holds only known kinds
        fact=deciding if fact else None,
        body=body,  # type: ignore[arg-type]  # likewise
        because={"vi": "theo quy định của thủ tục", "en": "as the procedure says"},
        source=procedure.basis,
        effective_from=since,
    )
    entry = Entry(
        code=procedure.code,
        name=procedure.name,
        level="province" if body == "department" else "commune",
        field=str(procedure.facts.get("field", {}).get("code", "khac")),
        rule=rule.id,
        effective_from=since,
        exclusion=next((one for one in EXCLUSIONS if one == procedure.exclusion), None),
    )
    scope = Scope(
        procedure=procedure.code,
        province="*",
        reach=procedure.reach,  # type: ignore[arg-type]  # the package's schema lists them
        decision=procedure.basis,
        effective_from=since,
    )
    return entry, rule, scope


def _units(book: LawBook) -> Units:
    return Units(
        {
            row.id: Unit(
                code=row.id,
                name=nfc(row.text("name")),
                kind=nfc(row.text("kind")),
                province=row.text("province_code") or row.id,
                tier="province" if row.text("tier") == "province" else "commune",
            )
            for row in book.rows("unit")
            if row.effective_to is None
        }
    )
