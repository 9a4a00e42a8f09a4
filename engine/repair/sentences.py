"""What each kind of incident means, in Vietnamese and English, for people who did not draw it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "JOB_NO_RETRIES": {
            "vi": "Một công việc tự động đã thử hết số lần cho phép mà không xong.",
            "en": "An automatic job was tried as often as allowed and was not done.",
        },
        "CONDITION_ERROR": {
            "vi": "Không điều kiện nào của các luồng đi ra là đúng và không có luồng mặc định.",
            "en": "No condition of the flows out is true, and there is no default flow.",
        },
        "EXTRACT_VALUE_ERROR": {
            "vi": "Một biểu thức không cho ra giá trị dùng được.",
            "en": "An expression did not give a value that can be used.",
        },
        "IO_MAPPING_ERROR": {
            "vi": "Không lập được biến vào hoặc biến ra của bước này.",
            "en": "A variable going into or out of this step could not be made.",
        },
        "CALLED_ELEMENT_ERROR": {
            "vi": "Quy trình được gọi không bắt đầu được hoặc đã bị hủy.",
            "en": "The called process could not start, or was cancelled.",
        },
        "DECISION_EVALUATION_ERROR": {
            "vi": "Bảng quyết định không cho ra kết quả.",
            "en": "The decision did not give a result.",
        },
        "UNHANDLED_ERROR_EVENT": {
            "vi": "Một lỗi BPMN được ném ra mà không bước nào bắt.",
            "en": "A BPMN error was thrown and nothing catches it.",
        },
        "FORM_NOT_FOUND": {
            "vi": "Không tìm thấy biểu mẫu của bước này.",
            "en": "The form of this step was not found.",
        },
        "UNKNOWN": {
            "vi": "Bước này bị dừng, ví dụ vì một vòng lặp tự động không có điểm dừng.",
            "en": "This step was stopped, for example because of an endless automatic loop.",
        },
    }
)

TITLES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "vi": {
            "incident": "Sự cố",
            "what": "Chuyện gì",
            "detail": "Chi tiết",
            "where": "Ở đâu",
            "called": "Được gọi từ",
            "since": "Từ lúc",
            "job": "Công việc",
            "names": "Biến liên quan",
            "missing": "chưa có",
            "there": "có",
            "retries": "còn {retries} lần thử",
            "remedies": "Có thể làm",
            "retry": "thử lại bước này",
            "retry_job": "cho công việc thêm 3 lần và thử lại",
            "set": "đặt biến rồi thử lại",
            "modify": "bỏ qua bước này và đi tiếp từ bước khác",
        },
        "en": {
            "incident": "Incident",
            "what": "What",
            "detail": "Detail",
            "where": "Where",
            "called": "Called from",
            "since": "Since",
            "job": "Job",
            "names": "Variables involved",
            "missing": "not set",
            "there": "set",
            "retries": "{retries} retries left",
            "remedies": "What can be done",
            "retry": "try this step again",
            "retry_job": "give the job 3 more tries and try again",
            "set": "set a variable, then try again",
            "modify": "leave this step and go on from another one",
        },
    }
)


def meaning(error_type: str, language: str) -> str:
    """The sentence of a kind; of an unknown one, that of UNKNOWN."""
    return MEANINGS.get(error_type, MEANINGS["UNKNOWN"])[language]
