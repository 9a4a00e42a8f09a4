"""Changes of ``procedure.yml``: legal basis, deadline, fee, documents, jurisdiction, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.packages.changes.change import Change, named, replaced, said

Facts = Mapping[str, Any]
_UNITS = {
    "WD": ("ngày làm việc", "working days"),
    "h": ("giờ làm việc", "working hours"),
    "D": ("ngày", "calendar days"),
}
_PER = {
    "page": ("trang", "page"),
    "copy": ("bản", "copy"),
    "case": ("trường hợp", "case"),
    "document": ("giấy tờ", "document"),
    "limit-per-copy": ("bản, mức tối đa", "copy at most"),
}


def law_changes(old: Facts, new: Facts) -> Iterator[Change]:
    """Everything a person who answers for the law has to see."""
    yield from _basis(old, new)
    yield from _deadline(old, new)
    yield from _fee(old, new)
    yield from _documents(old, new)
    yield from _jurisdiction(old, new)
    yield from _people(old, new)


def term_said(term: str) -> tuple[str, str]:
    """``3WD`` as people say it."""
    if term.removesuffix("WD").strip("0.") == "" and term.endswith("WD"):
        return "trong ngày", "the same day"
    amount = term.rstrip("WDh")
    vi, en = _UNITS[term[len(amount) :]]
    return f"{amount} {vi}", f"{amount} {en.removesuffix('s') if amount == '1' else en}"


def _basis(old: Facts, new: Facts) -> Iterator[Change]:
    def show(row: Facts) -> tuple[str, str]:
        articles = f", {row['articles']}" if "articles" in row else ""
        text = f"{row['title']}{articles} ({row['effective_from']})"
        return text, text

    what = ("Căn cứ pháp lý", "Legal basis")
    yield from named("law", what, _by_id(old, "legal_basis"), _by_id(new, "legal_basis"), show)
    yield from replaced("law", ("Mã thủ tục", "Procedure code"), old.get("code"), new.get("code"))
    yield from replaced("law", ("Tên thủ tục", "Name"), old.get("name"), new.get("name"))


def _deadline(old: Facts, new: Facts) -> Iterator[Change]:
    for kind, what in (
        ("statutory", ("Thời hạn theo luật", "Statutory deadline")),
        ("committed", ("Thời hạn cam kết", "Committed deadline")),
    ):
        yield from named("law", what, _terms(old, kind), _terms(new, kind), _term_row)
    cut = ("Giờ chốt nhận hồ sơ", "Cut-off hour")
    before, after = (facts["deadline"].get("cut_off") for facts in (old, new))
    yield from replaced("law", cut, _cut_off(before), _cut_off(after))


def _terms(facts: Facts, kind: str) -> dict[str, Facts]:
    # A term has no id: the case it is for names it, whatever order they are written in.
    rows = facts["deadline"].get(kind, [])
    return {row.get("when", {}).get("vi", ""): row for row in rows}


def _term_row(row: Facts) -> tuple[str, str]:
    (vi, en), case = term_said(row["term"]), row.get("when")
    return (f"{vi} ({case['vi']})", f"{en} ({case.get('en', case['vi'])})") if case else (vi, en)


def _cut_off(row: Facts | None) -> dict[str, str] | None:
    if row is None:
        return None
    vi, en = term_said(row["then"])
    return {"vi": f"{row['time']}, sau đó {vi}", "en": f"{row['time']}, after it {en}"}


def _fee(old: Facts, new: Facts) -> Iterator[Change]:
    def show(row: Facts) -> tuple[str, str]:
        amount = f"{row['amount']:,}"
        vi, en = _PER[row["per"]]
        words = row["text"]
        return (
            f"{amount.replace(',', '.')} đ mỗi {vi} ({words['vi']})",
            f"{amount} VND a {en} ({words.get('en', words['vi'])})",
        )

    before, after = old["fee"], new["fee"]
    yield from named(
        "fee", ("Phí, lệ phí", "Fee"), _rows(before, "amounts"), _rows(after, "amounts"), show
    )
    texts = [
        {row["text"]["vi"]: row["text"] for row in fee.get("exemptions", [])}
        for fee in (before, after)
    ]
    yield from named("fee", ("Miễn, giảm", "Exemption"), texts[0], texts[1], said)
    yield from replaced("fee", ("Lúc nộp", "Due"), before.get("due"), after.get("due"))


def _documents(old: Facts, new: Facts) -> Iterator[Change]:
    def show(row: Facts) -> tuple[str, str]:
        must = ("bắt buộc", "required") if row["required"] else ("nếu có", "if there is one")
        register = row.get("register", "")
        source = (
            (f"lấy từ {register or 'cơ sở dữ liệu'}", f"from {register or 'a register'}")
            if row["source"] == "registry"
            else ("người nộp mang đến", "brought by the applicant")
        )
        count = f", x{row['count']}" if "count" in row else ""
        vi, en = said(row["name"])
        return (
            f"{vi} — {must[0]}, {source[0]}{count}",
            f"{en} — {must[1]}, {source[1]}{count}",
        )

    what = ("Thành phần hồ sơ", "Document")
    yield from named("documents", what, _by_id(old, "documents"), _by_id(new, "documents"), show)


def _jurisdiction(old: Facts, new: Facts) -> Iterator[Change]:
    for name, what in (
        ("scope", ("Phi địa giới", "Accepted beyond the boundary")),
        ("rule", ("Cách xác định cơ quan giải quyết", "How the competent agency is found")),
    ):
        yield from replaced("jurisdiction", what, old["borderless"][name], new["borderless"][name])
    for name, what in (
        ("exclusion", ("Lĩnh vực loại trừ", "Exclusion class")),
        ("core25", ("Dịch vụ công thiết yếu", "Core service")),
        ("minimum_assurance", ("Mức định danh tối thiểu", "Minimum identity assurance")),
        ("system_of_record", ("Hệ thống giữ hồ sơ gốc", "System of record")),
    ):
        yield from replaced("jurisdiction", what, old[name], new[name])


def _people(old: Facts, new: Facts) -> Iterator[Change]:
    what = ("Làn và vai trò", "Lane and role")
    lanes = [
        {lane: f"{lane}: {role}" for lane, role in facts["lanes"].items()} for facts in (old, new)
    ]
    yield from named("people", what, lanes[0], lanes[1], said)
    allowed = [facts.get("delegation", {}).get("allowed") for facts in (old, new)]
    yield from replaced("people", ("Được ủy quyền", "May be delegated"), allowed[0], allowed[1])


def _by_id(facts: Facts, name: str) -> dict[str, Facts]:
    return _rows(facts, name)


def _rows(facts: Facts, name: str) -> dict[str, Facts]:
    return {row["id"]: row for row in facts.get(name, [])}
