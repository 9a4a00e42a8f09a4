"""``motcua:route``: who decides, by the facts as they stand now, and which group works on it.

Headers: ``facts`` (FEEL context; else ``dossier.facts``), ``role`` (specialist), ``skill``,
``resultVariable`` (routing), and without a dossier ``procedure`` and ``at``. When
the agency changes, the dossier moves with its open tasks. Where nobody at the
agency holds the skill, the department of the province is asked (``consult``).
A refusal is the BPMN error ``route-refused``; a missing fact an incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.commands.competence import competent
from engine.commands.context import Context
from engine.commands.rehome_root import rehoming
from engine.domain.dossier import DossierRecord, Procedure
from engine.domain.ids import Key
from engine.domain.jobs.headers import Headers, HeaderUnfit
from engine.domain.jobs.outcomes import Completed, Failed, Outcome, Thrown, Work
from engine.domain.jurisdiction import Accepted, atlas_on
from engine.domain.organisation.agencies import department
from engine.domain.skills import skilled
from engine.errors import Conflict, InvalidInput, NotFound


def route(work: Work, context: Context) -> Outcome:
    """The result variable, and a moved dossier when another agency decides now."""
    today = work.now.astimezone(context.settings.zone).date()
    dossier = _dossier(context, work.job.root_key)
    try:
        headers = Headers(work, context.settings.zone)
        role, skill = headers.text("role", "specialist"), headers.text("skill", "")
        result = headers.text("resultVariable", "routing")
        procedure, at = _subject(context, dossier, headers)
        facts = _facts(work, headers)
    except HeaderUnfit as unfit:
        return Failed(message=str(unfit), again=False)
    if dossier is None and context.law.find("procedure", procedure.code, today) is None:
        return Failed(message=f"No procedure {procedure.code[:20]} is in force.", again=False)
    try:
        answer, unit = competent(context, procedure, at, facts, today)
    except Conflict as refusal:
        told = {"accepted": False, "code": refusal.reason, "hint": refusal.sentence}
        return Thrown(code="route-refused", message=refusal.sentence, variables={result: told})
    except (InvalidInput, NotFound) as refusal:
        return Failed(message=f"{refusal.reason}: {refusal.sentence}", again=False)
    routing = _routing(context, answer, unit.path, role, skill, today)
    variables: dict[str, object] = {result: routing}
    if dossier is not None and dossier.agency != answer.competent_agency.id:
        variables["dossier"] = _move(work, context, dossier, answer, unit.path)
    return Completed(variables=variables)


def _dossier(context: Context, root_key: Key) -> DossierRecord | None:
    return context.uow.dossiers.carried_by(root_key)


def _subject(
    context: Context, dossier: DossierRecord | None, headers: Headers
) -> tuple[Procedure, str]:
    if dossier is None:
        return Procedure({"code": headers.text("procedure")}), headers.text("at")
    held: Mapping[str, Any] = {}
    if dossier.definition_key is not None:
        held = context.uow.dossiers.procedure_of(dossier.definition_key)
    return Procedure({**held, "code": dossier.procedure_code}), dossier.reception_point


def _facts(work: Work, headers: Headers) -> Mapping[str, object]:
    given = headers.feel("facts")
    if given is None:
        held = work.variables.get("dossier")
        given = held.get("facts", {}) if isinstance(held, Mapping) else {}
    if not isinstance(given, Mapping):
        raise HeaderUnfit("The header 'facts' must be a context, such as {residence: place}.")
    return given


def _routing(
    context: Context, answer: Accepted, path: str, role: str, skill: str, today: date
) -> dict[str, object]:
    agency = answer.competent_agency
    routing: dict[str, object] = {
        "accepted": True,
        "agency": agency.id,
        "agencyName": agency.name,
        "unit": agency.unit_code,
        "group": answer.group(role),
        "skilled": True,
        "consult": None,
        "explanation": [line["vi"] for line in answer.explanation],
    }
    if not skill:
        return routing
    if _has_skilled(context, path, answer.group(role), skill, today):
        return {**routing, "group": skilled(answer.group(role), skill)}
    consult = _department(context, answer, path, today)
    # Nobody trained: the province is asked, and the task is never nobody's.
    return {**routing, "skilled": False, "consult": consult, "group": f"{role}@{consult}"}


def _has_skilled(context: Context, path: str, group: str, skill: str, today: date) -> bool:
    return any(
        group in account.groups
        and any(each.name == skill and each.holds(today) for each in account.skills)
        for account in context.uow.accounts.of_unit(path)
    )


def _department(context: Context, answer: Accepted, path: str, today: date) -> str:
    atlas = atlas_on(context.law, today)
    id, name, _ = atlas.department(answer.entry.field)
    province = atlas.units.get(path.partition("/")[0])
    return department(id, name, province).id


def _move(
    work: Work, context: Context, dossier: DossierRecord, answer: Accepted, path: str
) -> dict[str, object]:
    agency = answer.competent_agency
    root_key = work.job.root_key
    events = rehoming(
        context,
        root_key,
        unit_from=dossier.visibility.unit_id,
        unit_to=path,
        agencies={dossier.agency: agency.id},
        reason="facts",
        keeps_holders=False,
    )
    context.uow.record(root_key, *events)
    held = work.variables.get("dossier")
    own = dict(held) if isinstance(held, Mapping) else {}
    return {**own, "agency": agency.id, "unit": agency.unit_code}
