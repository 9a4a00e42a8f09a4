"""Print a form of a dossier from its log, and say when it differs from the one before.

Only the content is made here; the PDF is set afterwards, with no transaction
open. A preview writes nothing and is marked as one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.commands.context import Context, Result
from engine.commands.dossier_guards import locked_dossier, require_part
from engine.domain.actors import Actor
from engine.domain.clock.law import calendars_of
from engine.domain.clock.legal import due_of
from engine.domain.dossier import DossierRecord
from engine.domain.events import PaperPrinted
from engine.domain.jurisdiction import atlas_on
from engine.domain.organisation import find_agency
from engine.domain.papers import FORMS, Facts, Paper, build_form, build_register
from engine.errors import Forbidden, InvalidInput, NotFound
from engine.ports.papers import Printing

_ROLES = ("reception", "specialist", "signer", "records", "cashier")
_STATUS = {
    "missing": "chưa có",
    "provided": "đã nộp",
    "reused": "dùng lại dữ liệu đã có",
    "exempt": "được miễn",
}
_LONGEST = timedelta(days=366)
_ABOVE = ("admin", "operator", "supervisor", "system")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPaper:
    """``form`` is 01 to 06; ``preview`` records nothing."""

    code: str
    form: str
    preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRegister:
    """Form 07 of the caller's unit, or of a unit below it; without days it is today's."""

    first: date | None = None
    last: date | None = None
    unit: str | None = None


def print_paper(command: PrintPaper, context: Context) -> Result:
    if command.form not in FORMS:
        raise NotFound(f"There is no form of this number; {', '.join(FORMS)}.", code="no-form")
    dossier, _ = locked_dossier(context, command.code)
    require_part(context.actor, dossier, _ROLES)

    paper = build_form(command.form, _facts(dossier, context))
    mark = "BẢN XEM THỬ, không có giá trị giao cho người dân"
    if not command.preview:
        mark = _record(context, dossier, paper)
    data = paper.document(
        printing=mark, watermark="DÙNG THỬ" if context.settings.demo else "", qr=True
    )
    return {
        "key": dossier.key,
        "form": command.form,
        "once_data": data,
        "once_qr": f"motcua:{dossier.code or dossier.portal_code}:{command.form}",
        "made_at": context.uow.now.isoformat(),
    }


def print_register(command: PrintRegister, context: Context) -> Result:
    require_register(context.actor)
    today = context.uow.now.astimezone(context.settings.zone).date()
    first = command.first or today
    last = command.last or max(first, today)
    if not timedelta() <= last - first <= _LONGEST:
        raise InvalidInput(
            "The register covers at most a year, the first day first.", code="period"
        )
    unit = context.actor.unit_id if command.unit is None else command.unit
    if not unit.startswith(context.actor.unit_id):
        raise Forbidden("That unit is none of yours.", code="unit-foreign")
    zone = context.settings.zone
    rows = context.uow.papers.register(
        context.actor.tenant_id,
        unit,
        datetime.combine(first, time(), zone),
        datetime.combine(last + timedelta(days=1), time(), zone),
    )
    local = [
        type(row)(
            code=row.code,
            procedure_code=row.procedure_code,
            applicant=row.applicant,
            accepted_at=_local(row.accepted_at, context),
            due_at=_local(row.due_at, context),
            finished_at=_local(row.finished_at, context),
            closed_at=_local(row.closed_at, context),
            meaning=row.meaning,
        )
        for row in rows
    ]
    paper = build_register(unit_name(context, unit), first, last, local)
    return {
        "form": "07",
        "once_data": paper.document(watermark="DÙNG THỬ" if context.settings.demo else ""),
        "made_at": context.uow.now.isoformat(),
    }


def require_register(actor: Actor) -> None:
    """Registers name everybody who came: for reception, records and those above them."""
    mine = {group.partition("@")[0] for group in actor.groups}
    if not (actor.has(*_ABOVE) or mine & {"reception", "records"}):
        raise Forbidden("Registers are kept by reception and records.", code="register-role")


def unit_name(context: Context, unit: str) -> str:
    """The committee of a unit, as papers name it."""
    parts = unit.strip("/").split("/")
    return _agency(context, f"ubnd-{parts[-1]}") if parts[-1] else "Tất cả đơn vị"


def _record(context: Context, dossier: DossierRecord, paper: Paper) -> str:
    before = context.uow.papers.last_printing(dossier.key, paper.form)
    values = paper.values()
    changed: list[str] = []
    if before is not None:
        same = _digests(before.salt, values)
        changed = sorted(
            name
            for name in same.keys() | before.digests.keys()
            if same.get(name) != before.digests.get(name)
        )
    number, salt = (before.number + 1 if before else 1), secrets.token_bytes(16)
    key = context.uow.next_key()
    printing = Printing(
        number=number, salt=salt, digests=_digests(salt, values), at=context.uow.now
    )
    context.uow.papers.keep_printing(key, dossier.key, paper.form, printing)
    content = json.dumps(values, ensure_ascii=False, sort_keys=True)
    event = PaperPrinted(
        key=key, form=paper.form, number=number, changed=tuple(changed), content=content
    )
    context.uow.record(dossier.key, event)
    return _said(before, number, [paper.label(name) for name in changed], context)


def _said(before: Printing | None, number: int, changed: list[str], context: Context) -> str:
    if before is None:
        return ""
    at = _local(before.at, context)
    if not changed:
        return f"Bản in lại lần {number}, nội dung không đổi"
    said = ", ".join(changed)
    return f"Bản in lần {number}, thay thế bản in lúc {at:%H:%M %d/%m/%Y}; thay đổi: {said}"


def _digests(salt: bytes, values: dict[str, str]) -> dict[str, str]:
    return {
        name: hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()
        for name, value in values.items()
    }


def _facts(dossier: DossierRecord, context: Context) -> Facts:
    uow = context.uow
    standing, steps = uow.clocks.standing(dossier.key), uow.papers.steps(dossier.key)
    person = uow.dossiers.person(dossier.applicant_key) if dossier.applicant_key else None
    agent = uow.dossiers.person(dossier.agent_key) if dossier.agent_key else None
    known = (
        {} if dossier.definition_key is None else uow.dossiers.procedure_of(dossier.definition_key)
    )
    names = {str(each.get("id")): _vi(each.get("name")) for each in known.get("documents", ())}
    own = standing.clock("committed")
    first = None
    if own is not None:
        first = due_of(own.origin, context.law.derived(calendars_of), uow.now).at
    return Facts(
        agency=_agency(context, dossier.agency),
        reception=unit_name(context, dossier.receiving_unit),
        code=dossier.code or dossier.portal_code or "",
        procedure_code=dossier.procedure_code,
        procedure=_vi(known.get("name")) or dossier.procedure_code,
        version=dossier.applies_from or "",
        applicant={
            name: str(getattr(person, name, None) or "")
            for name in ("name", "address", "phone", "email")
        },
        agent=agent.name if agent else None,
        channel=dossier.channel,
        return_channel=dossier.return_channel,
        submitted_at=_local(dossier.submitted_at, context),
        accepted_at=_local(dossier.accepted_at, context),
        statutory_due=_local(dossier.statutory_due_at, context),
        committed_due=_local(dossier.committed_due_at, context),
        first_due=_local(first, context),
        components=[
            (
                names.get(each.id) or each.id,
                "có" if each.mandatory else "không",
                _STATUS.get(each.status, each.status),
            )
            for each in uow.documents.components(dossier.key)
        ],
        steps=[step.in_zone(context.settings.zone) for step in steps],
        hand_offs=[
            each.in_zone(context.settings.zone) for each in uow.papers.hand_offs(dossier.key)
        ],
        extensions=[(str(each.key), each.term, each.document) for each in standing.extensions],
        printed_by=context.actor.display_name or context.actor.name,
    )


def _agency(context: Context, id: str) -> str:
    day = context.uow.now.astimezone(context.settings.zone).date()
    found = find_agency(context.law, atlas_on(context.law, day).units, id, day)
    return found.name if found is not None else id


def _local(at: datetime | None, context: Context) -> datetime | None:
    return at and at.astimezone(context.settings.zone)


def _vi(words: object) -> str:
    return str(words.get("vi", "")) if isinstance(words, dict) else str(words or "")
