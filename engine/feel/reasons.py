"""Why something became null, by the code of the warning, for the analyst in both languages.

A warning's own message names the place's functions and types; this says what to look for.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.feel.errors import Words

_REASONS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "argument": Words(
            "An argument is null or of another kind than the function wants.",
            "Một đối số là null hoặc không đúng loại mà hàm cần.",
        ),
        "call": Words(
            "What is called is no function, or gets other arguments than it takes.",
            "Thứ được gọi không phải hàm, hoặc số và tên đối số không khớp.",
        ),
        "date": Words(
            "A text or number gives no day of the calendar.",
            "Chuỗi hoặc số không cho ra một ngày có trong lịch.",
        ),
        "duration": Words(
            "A text gives no duration, or it is too long.",
            "Chuỗi không phải khoảng thời gian, hoặc khoảng quá dài.",
        ),
        "index": Words(
            "The list has no item at this position; positions begin at 1.",
            "Danh sách không có phần tử ở vị trí này; vị trí bắt đầu từ 1.",
        ),
        "list": Words(
            "The list is empty or its items cannot be used together.",
            "Danh sách trống hoặc các phần tử không dùng chung được.",
        ),
        "loop": Words(
            "A loop needs a list, or a range of whole numbers or dates.",
            "Vòng lặp cần một danh sách, hoặc khoảng số nguyên hay ngày.",
        ),
        "no-value": Words(
            "The function has no value for these arguments.",
            "Hàm không có giá trị với các đối số này.",
        ),
        "number": Words(
            "There is no number: a division by zero, a text without digits, or too large.",
            "Không ra số: chia cho không, chuỗi không phải số, hoặc quá lớn.",
        ),
        "operands": Words(
            "These kinds of values cannot be computed or compared; one of them may be null.",
            "Các giá trị khác loại nên không tính hay so sánh được; có thể một bên là null.",
        ),
        "path": Words(
            "The context has no such entry, or the value has no such property.",
            "Ngữ cảnh không có mục đó, hoặc giá trị không có thuộc tính đó.",
        ),
        "range": Words(
            "The range has no order or its text cannot be read.",
            "Khoảng không có thứ tự hoặc không đọc được.",
        ),
        "regex": Words(
            "The regular expression is not valid.",
            "Biểu thức chính quy không hợp lệ.",
        ),
        "time": Words(
            "A text or number gives no time of day.",
            "Chuỗi hoặc số không cho ra giờ trong ngày.",
        ),
        "type": Words(
            "A value is not of the type that is declared for it.",
            "Giá trị không đúng kiểu đã khai báo.",
        ),
        "unknown-function": Words(
            "There is no function of this name here.", "Ở đây không có hàm tên này."
        ),
        "unknown-name": Words(
            "No variable has this name; it may not be set yet, or is spelled otherwise.",
            "Không có biến tên này; có thể chưa được gán hoặc viết khác.",
        ),
        "unknown-type": Words("There is no type of this name.", "Không có kiểu tên này."),
        "zone": Words(
            "One time has a zone and the other has none, or the zone is unknown.",
            "Một thời điểm có múi giờ, một không có, hoặc múi giờ không tồn tại.",
        ),
    }
)
CODES: Final = frozenset(_REASONS)


def reason(code: str) -> Words:
    """What a warning of this code means."""
    return _REASONS.get(code, _REASONS["no-value"])
