"""Warnings of an evaluation in both languages: FEEL's own codes and those of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.dmn.trace import EvaluationWarning
from engine.feel import reason

_VIETNAMESE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "external": "Hàm ngoài FEEL không được chạy; hãy viết bằng FEEL.",
        "feel-syntax": "Văn bản không phải FEEL nên cho null.",
        "hit-policy": "Các luật khớp trái với chính sách của bảng nên kết quả là null.",
        "input-values": "Giá trị đầu vào nằm ngoài các giá trị cho phép nên tính là null.",
        "missing-input": "Đầu vào không được cung cấp nên là null.",
        "output-values": "Giá trị đầu ra nằm ngoài các giá trị cho phép nên tính là null.",
        "type": "Giá trị không đúng kiểu đã khai báo nên là null.",
    }
)


def told(warning: EvaluationWarning) -> dict[str, str]:
    """English in full, Vietnamese by the warning's code."""
    return {
        "en": warning.sentence,
        "vi": _VIETNAMESE.get(warning.code) or reason(warning.code).vi,
    }
