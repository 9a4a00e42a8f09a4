"""Rules about the law in ``procedure.yml``: sources, exclusions, examples of decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeAlias, cast
from zoneinfo import ZoneInfo

from engine.errors import MotcuaError
from engine.feel import Environment, feel_literal, to_json
from engine.forms.options import same
from engine.packages.rules.subject import Found, Rule, Subject

Place: TypeAlias = tuple[str | int, ...]


def _facts(data: object, path: Place = ()) -> Iterator[tuple[Place, Mapping[str, object]]]:
    if isinstance(data, Mapping):
        if path:
            yield path, data
        for name, value in data.items():
            yield from _facts(value, (*path, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _facts(value, (*path, index))


def _borderless(subject: Subject) -> Iterator[Found]:
    facts = subject.package.facts
    excluded = facts.get("exclusion", "none")
    scope = cast(Mapping[str, object], facts.get("borderless", {})).get("scope", "none")
    if excluded != "none" and scope != "none":
        line = subject.line("exclusion")
        yield Found(line=line, details={"exclusion": str(excluded), "scope": str(scope)})


def _unverified(subject: Subject) -> Iterator[Found]:
    facts = subject.package.facts
    if facts.get("status") != "approved":
        return
    for path, fact in _facts(facts):
        if fact.get("verified") is False:
            where = ".".join(map(str, path))
            yield Found(line=subject.line(*path), details={"where": where})


def _undecided(subject: Subject) -> Iterator[Found]:
    facts = subject.package.facts
    if facts.get("status") == "approved" and "decision" not in facts:
        yield Found(line=subject.line("status"))


def _basis(subject: Subject) -> Iterator[Found]:
    facts = subject.package.facts
    bases = cast(list[Mapping[str, object]], facts.get("legal_basis", []))
    known = {str(one["id"]) for one in bases}
    for path, fact in _facts(facts):
        basis = fact.get("basis")
        if isinstance(basis, str) and basis not in known:
            yield Found(line=subject.line(*path, "basis"), details={"basis": basis})


def _expired(subject: Subject) -> Iterator[Found]:
    for path, fact in _facts(subject.package.facts):
        until = fact.get("effective_to")
        if isinstance(until, str) and until < subject.package.applies_from.isoformat():
            where = ".".join(map(str, path))
            yield Found(
                line=subject.line(*path, "effective_to"), details={"where": where, "until": until}
            )


def _registers(subject: Subject) -> Iterator[Found]:
    documents = cast(list[Mapping[str, object]], subject.package.facts.get("documents", []))
    for index, document in enumerate(documents):
        asked = document.get("source") == "applicant" and document.get("required") is True
        if asked and "register" in document:
            yield Found(
                line=subject.line("documents", index, "register"),
                details={"paper": str(document["id"]), "register": str(document["register"])},
            )


def _examples(subject: Subject) -> Iterator[Found]:
    env = Environment(
        now=lambda: datetime.combine(subject.package.applies_from, datetime.min.time(), tzinfo=UTC),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
    )
    for section in ("fee", "deadline"):
        part = cast(Mapping[str, object], subject.package.facts.get(section, {}))
        decision = cast(Mapping[str, object], part.get("decision", {}))
        model = subject.ready.decisions.get(str(decision.get("id")))
        if model is None:
            continue
        examples = cast(list[Mapping[str, object]], decision["examples"])
        for index, example in enumerate(examples):
            given = cast(Mapping[str, object], example["given"])
            try:
                value = model.evaluate(str(decision["id"]), given, env).value
                differs, shown = not same(to_json(value), example["gives"]), feel_literal(value)
            except MotcuaError as error:
                differs, shown = True, str(error)
            if differs:
                yield Found(
                    element=str(decision["id"]),
                    line=subject.line(section, "decision", "examples", index, "gives"),
                    details={"decision": str(decision["id"]), "found": shown[:300]},
                )


def _decisions(subject: Subject) -> Iterator[Found]:
    for section in ("fee", "deadline"):
        part = cast(Mapping[str, object], subject.package.facts.get(section, {}))
        decision = cast(Mapping[str, object], part.get("decision", {}))
        wanted = str(decision.get("id", ""))
        if wanted and wanted not in subject.ready.decisions:
            line = subject.line(section, "decision", "id")
            yield Found(element=wanted, line=line, details={"decision": wanted})
    for diagram in subject.diagrams:
        called = [one for one in diagram.references if one.kind == "decision"]
        for one in called:
            if not one.id.startswith("=") and one.id not in subject.ready.decisions:
                yield Found(
                    element=one.element_id,
                    line=one.line,
                    resource=diagram.resource,
                    details={"decision": one.id},
                )


RULES = (
    Rule(
        id="exclusion-borderless",
        severity="error",
        vi="Nhóm bị loại trừ ({exclusion}) không được khai là phi địa giới ({scope})",
        en="An excluded class ({exclusion}) may not be declared borderless ({scope})",
        mend_vi="Đặt borderless.scope là none",
        mend_en="Set borderless.scope to none",
        check=_borderless,
    ),
    Rule(
        id="law-unverified",
        severity="error",
        vi="Thủ tục đã phê duyệt nhưng {where} chưa kiểm chứng với công báo",
        en="The procedure is approved but {where} is not verified",
        mend_vi="Đối chiếu nguồn rồi đặt verified: true, hoặc để status là draft",
        mend_en="Check the source and set verified: true, or set status to draft",
        check=_unverified,
    ),
    Rule(
        id="approval-missing",
        severity="error",
        vi="Thủ tục đã phê duyệt phải có số, ngày quyết định và nơi ban hành",
        en="An approved procedure needs the number, date and issuer of its decision",
        mend_vi="Thêm mục decision",
        mend_en="Add decision",
        check=_undecided,
    ),
    Rule(
        id="basis-unknown",
        severity="error",
        vi="Căn cứ {basis} không có trong legal_basis",
        en="The basis {basis} is not in legal_basis",
        mend_vi="Sửa mã căn cứ hoặc thêm vào legal_basis",
        mend_en="Correct the id or add it to legal_basis",
        check=_basis,
    ),
    Rule(
        id="law-expired",
        severity="error",
        vi="{where} hết hiệu lực ngày {until}, trước ngày áp dụng của phiên bản",
        en="{where} ended on {until}, before this version applies",
        mend_vi="Cập nhật theo văn bản đang có hiệu lực",
        mend_en="Bring it up to the law in force",
        check=_expired,
    ),
    Rule(
        id="paper-in-register",
        severity="warning",
        vi="Giấy tờ {paper} bắt buộc người dân nộp, dù {register} đã có",
        en="The paper {paper} is asked of the applicant although {register} has it",
        mend_vi="Đặt source: registry và fallback: upload",
        mend_en="Set source: registry and fallback: upload",
        check=_registers,
    ),
    Rule(
        id="decision-missing",
        severity="error",
        vi="Quyết định {decision} không có trong gói",
        en="The package has no decision {decision}",
        mend_vi="Thêm tệp .dmn hoặc sửa mã quyết định",
        mend_en="Add the .dmn file or correct the id",
        check=_decisions,
    ),
    Rule(
        id="decision-example",
        severity="error",
        vi="Quyết định {decision} cho kết quả khác ví dụ: {found}",
        en="The decision {decision} gives something else than the example: {found}",
        mend_vi="Sửa bảng quyết định, hoặc sửa ví dụ nếu luật đã đổi",
        mend_en="Correct the table, or the example when the law has changed",
        check=_examples,
    ),
)
