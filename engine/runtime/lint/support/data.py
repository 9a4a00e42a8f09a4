"""Support rows of data, collaboration and everything that is only drawn."""

from __future__ import annotations

from engine.runtime.lint.support.row import Row, Status


def _data(key: str, vi: str, en: str, status: Status) -> Row:
    return Row(key=key, family="data", vi=vi, en=en, status=status)


def _drawn(key: str, vi: str, en: str, status: Status = "metadata") -> Row:
    return Row(key=key, family="drawing", vi=vi, en=en, status=status)


ROWS = (
    _data("data-object", "Đối tượng dữ liệu", "Data object", "metadata"),
    _data("data-store", "Kho dữ liệu", "Data store", "metadata"),
    _data("data-association", "Liên kết dữ liệu", "Data association", "metadata"),
    _data(
        "data-association-expression",
        "Liên kết dữ liệu có biểu thức",
        "Data association with transformation or assignment",
        "runs",
    ),
    _data("io-specification", "Đặc tả vào ra", "ioSpecification, property", "metadata"),
    _data(
        "correlation-key",
        "Khóa tương quan theo chuẩn BPMN",
        "correlationKey, correlationSubscription",
        "runs",
    ),
    _drawn("process", "Quy trình", "Process", "runs"),
    _drawn("lane", "Làn bơi", "Lane and pool"),
    _drawn("message-flow", "Luồng thông điệp", "Message flow"),
    _drawn("text-annotation", "Ghi chú, nhóm, liên kết", "Annotation, group, association"),
    _drawn("diagram", "Hình vẽ và màu", "Diagram interchange and colours"),
    _drawn("documentation", "Tài liệu kèm theo", "Documentation"),
    _drawn("conversation", "Hội thoại", "Conversation"),
    _drawn("item-definition", "Định nghĩa kiểu dữ liệu", "Item definition, interface, import"),
    _drawn("choreography", "Vũ đạo (choreography)", "Choreography", "refused"),
    _drawn("global-task", "Công việc dùng chung", "Global task", "runs"),
)
