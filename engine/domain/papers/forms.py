"""Forms 01 to 06: which facts each one shows, and what must have happened before it is printed.

A form whose reason is missing in the log is refused: nobody gets a refusal or
an apology that no step of the dossier stands behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from engine.domain.papers.paper import Facts, Paper, StepFact, Words, shown
from engine.errors import Conflict

_CHANNELS: Final = {
    "online": "trực tuyến",
    "counter": "trực tiếp tại bộ phận một cửa",
    "post": "qua bưu chính",
    "assisted": "được hỗ trợ nộp trực tuyến",
    "mobile-team": "tổ lưu động",
}
_RETURNS: Final = {"point": "tại nơi nộp", "post": "qua bưu chính", "digital": "bản điện tử"}


def build_form(form: str, facts: Facts) -> Paper:
    """The form as it stands by the dossier's log; ``Conflict`` when it may not be printed yet."""
    title, make = FORMS[form]
    words = Words()
    return make(form, title, facts, words)


def _head(facts: Facts, words: Words) -> None:
    words.add("reception", "Bộ phận tiếp nhận", facts.reception)
    words.add("code", "Mã hồ sơ", facts.code)
    words.add("applicant", "Người nộp", facts.applicant.get("name"))
    if facts.agent:
        words.add("agent", "Người được ủy quyền", facts.agent)
    words.add("address", "Địa chỉ", facts.applicant.get("address"))
    words.add("phone", "Số điện thoại", facts.applicant.get("phone"))
    words.add("email", "Thư điện tử", facts.applicant.get("email"))
    words.add("procedure", "Thủ tục", f"{facts.procedure} ({facts.procedure_code})")


def _receipt(form: str, title: str, facts: Facts, words: Words) -> Paper:
    if facts.accepted_at is None:
        raise _refused("The dossier is not accepted: there is no receipt yet.")
    _head(facts, words)
    words.add("version", "Áp dụng quy trình từ ngày", facts.version)
    words.add("channel", "Hình thức nộp", _CHANNELS.get(facts.channel, facts.channel))
    words.add("accepted", "Thời điểm tiếp nhận", facts.accepted_at)
    words.add("due", "Hẹn trả kết quả", facts.committed_due)
    words.add("statutory", "Thời hạn theo luật", facts.statutory_due)
    words.add("return", "Nơi trả kết quả", _RETURNS.get(facts.return_channel, facts.return_channel))
    return Paper(
        form=form,
        title=title,
        agency=facts.agency,
        code=facts.code,
        fields=words.fields,
        tables=[_components(facts)],
        notes=["Tra cứu hồ sơ bằng mã hồ sơ và mã tra cứu in trên biên nhận."],
        signs=["Người nộp hồ sơ", f"Người tiếp nhận hồ sơ {facts.printed_by}".strip()],
    )


def _supplement(form: str, title: str, facts: Facts, words: Words) -> Paper:
    step = _last(facts, "supplement_requested", "nobody asked for a supplement")
    _head(facts, words)
    stage = (
        "trước khi tiếp nhận"
        if facts.accepted_at is None or step.at < facts.accepted_at
        else ("trong khi giải quyết")
    )
    words.add("stage", "Giai đoạn yêu cầu", stage)
    words.add("reason", "Nội dung cần bổ sung, hoàn thiện", step.reason)
    words.add("ground", "Căn cứ", step.rule)
    words.add("asked", "Thời điểm yêu cầu", step.at)
    words.add("until", "Bổ sung trước", step.answer_by)
    words.add("author", "Người yêu cầu", step.actor)
    return _plain(form, title, facts, words, [_components(facts)])


def _not_accepted(form: str, title: str, facts: Facts, words: Words) -> Paper:
    step = _last(facts, "not_accepted", "the dossier was not turned away")
    _head(facts, words)
    words.add("reason", "Lý do từ chối tiếp nhận", step.reason)
    words.add("at", "Thời điểm", step.at)
    words.add("author", "Người từ chối", step.actor)
    return _plain(form, title, facts, words)


def _apology(form: str, title: str, facts: Facts, words: Words) -> Paper:
    step = _last(facts, "extended", "the time was not extended")
    if not facts.extensions:
        raise _refused("The time was not extended: there is no apology.")
    _, term, document = facts.extensions[-1]
    _head(facts, words)
    words.add("original", "Hẹn trả ban đầu", facts.first_due)
    words.add("reason", "Lý do chậm", step.reason)
    words.add("term", "Gia hạn thêm", term)
    words.add("document", "Văn bản số", document)
    words.add("due", "Hẹn trả lại", facts.committed_due)
    words.add("author", "Người đề nghị", step.actor)
    notes = ["Cơ quan giải quyết xin lỗi ông/bà vì sự chậm trễ này."]
    return _plain(form, title, facts, words, notes=notes, signs=["Thủ trưởng cơ quan"])


def _stopped(form: str, title: str, facts: Facts, words: Words) -> Paper:
    kinds = ("stopped", "refused", "withdrawn", "supplement_expired")
    step = next((each for each in reversed(facts.steps) if each.kind in kinds), None)
    if step is None:
        raise _refused("The dossier was not stopped: there is no notice.")
    _head(facts, words)
    words.add("kind", "Hình thức", _STOPS[step.kind])
    words.add("reason", "Lý do dừng giải quyết", step.reason)
    words.add("ground", "Căn cứ", step.rule)
    words.add("at", "Thời điểm", step.at)
    words.add("author", "Người quyết định", step.actor)
    return _plain(form, title, facts, words, signs=["Thủ trưởng cơ quan"])


def _control(form: str, title: str, facts: Facts, words: Words) -> Paper:
    _head(facts, words)
    words.add("accepted", "Thời điểm tiếp nhận", facts.accepted_at)
    words.add("due", "Hẹn trả kết quả", facts.committed_due)
    rows = [
        [
            str(number),
            each.name,
            ", ".join(each.groups),
            each.assignee or "",
            shown(each.created_at),
            shown(each.due_at),
            shown(each.completed_at),
            _verdict(each.completed_at and each.due_at and each.completed_at > each.due_at),
        ]
        for number, each in enumerate(facts.hand_offs, start=1)
    ]
    columns = ["TT", "Bước", "Bộ phận", "Người giữ", "Giao lúc", "Hạn", "Xong lúc", "Kết quả"]
    return Paper(
        form=form,
        title=title,
        agency=facts.agency,
        code=facts.code,
        fields=words.fields,
        tables=[
            {"title": "Giao nhận giữa các bước", "columns": columns, "rows": rows},
            {
                "title": "Diễn biến hồ sơ",
                "columns": ["Thời điểm", "Việc", "Người thực hiện", "Lý do"],
                "rows": [
                    [shown(s.at), _STEPS.get(s.kind, s.kind), s.actor, s.reason or ""]
                    for s in facts.steps
                ],
            },
        ],
        landscape=True,
    )


def _plain(
    form: str,
    title: str,
    facts: Facts,
    words: Words,
    tables: Sequence[Mapping[str, object]] = (),
    notes: Sequence[str] = (),
    signs: Sequence[str] = ("Người nộp hồ sơ", "Người lập phiếu"),
) -> Paper:
    return Paper(
        form=form,
        title=title,
        agency=facts.agency,
        code=facts.code,
        fields=words.fields,
        tables=tables,
        notes=notes,
        signs=signs,
    )


def _components(facts: Facts) -> Mapping[str, object]:
    rows = [[str(n), *each] for n, each in enumerate(facts.components, start=1)]
    columns = ["TT", "Thành phần hồ sơ", "Bắt buộc", "Tình trạng"]
    return {"title": "Thành phần hồ sơ", "columns": columns, "rows": rows}


def _last(facts: Facts, kind: str, why: str) -> StepFact:
    found = next((each for each in reversed(facts.steps) if each.kind == kind), None)
    if found is None:
        raise _refused(f"This form cannot be printed: {why}.")
    return found


def _verdict(late: object) -> str:
    return "quá hạn" if late else ""


def _refused(sentence: str) -> Conflict:
    return Conflict(sentence, code="paper-not-due")


_STOPS: Final = {
    "stopped": "dừng giải quyết",
    "refused": "từ chối giải quyết",
    "withdrawn": "người dân rút hồ sơ",
    "supplement_expired": "quá hạn bổ sung",
}
_STEPS: Final = {
    "processing": "đang xử lý",
    "not_accepted": "từ chối tiếp nhận",
    "supplement_requested": "yêu cầu bổ sung",
    "supplement_received": "đã bổ sung",
    "supplement_expired": "quá hạn bổ sung",
    "payment_awaited": "chờ nghĩa vụ tài chính",
    "payment_settled": "đã thực hiện nghĩa vụ tài chính",
    "withdrawal_requested": "xin rút hồ sơ",
    "withdrawal_refused": "không cho rút",
    "withdrawn": "rút hồ sơ",
    "stopped": "dừng giải quyết",
    "refused": "từ chối giải quyết",
    "finished": "đã xử lý xong",
    "delivered": "đã trả kết quả",
    "paused": "tạm dừng tính thời hạn",
    "resumed": "tiếp tục tính thời hạn",
    "extended": "gia hạn",
    "corrected": "đính chính kết quả",
}
Make = Callable[[str, str, Facts, Words], Paper]
FORMS: Final[Mapping[str, tuple[str, Make]]] = MappingProxyType(
    {
        "01": ("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", _receipt),
        "02": ("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", _supplement),
        "03": ("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", _not_accepted),
        "04": ("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", _apology),
        "05": ("THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", _stopped),
        "06": ("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", _control),
    }
)
