"""Support rows of tasks, sub-processes, calls and their loops."""

from __future__ import annotations

from engine.runtime.lint.support.row import Row, Status

FAMILY = "activities"


def _row(
    key: str, vi: str, en: str, status: Status = "runs", *, note: tuple[str, str] = ("", "")
) -> Row:
    return Row(
        key=key, family=FAMILY, vi=vi, en=en, status=status, note_vi=note[0], note_en=note[1]
    )


ROWS = (
    _row("task", "Công việc không loại", "Task without type"),
    _row("manual-task", "Công việc thủ công", "Manual task"),
    _row("user-task", "Công việc của người dùng", "User task"),
    _row("script-task", "Công việc kịch bản (FEEL)", "Script task (FEEL)"),
    _row("service-task", "Công việc dịch vụ", "Service task"),
    _row("business-rule-task", "Quy tắc nghiệp vụ", "Business rule task"),
    _row("send-task", "Công việc gửi thông điệp", "Send task"),
    _row("receive-task", "Công việc nhận thông điệp", "Receive task"),
    _row(
        "receive-task-instantiating",
        "Công việc nhận thông điệp mở quy trình",
        "Receive task that starts the process",
    ),
    _row("call-activity", "Gọi quy trình khác", "Call activity"),
    _row("sub-process", "Quy trình con", "Embedded sub-process"),
    _row("event-sub-process", "Quy trình con theo sự kiện", "Event sub-process"),
    _row("transaction", "Giao dịch", "Transaction"),
    _row("ad-hoc-sub-process", "Quy trình con tùy biến", "Ad hoc sub-process"),
    _row("compensation-handler", "Công việc bù hoàn", "Compensation handler"),
    _row("multi-instance-parallel", "Nhiều lượt song song", "Parallel multi-instance"),
    _row("multi-instance-sequential", "Nhiều lượt tuần tự", "Sequential multi-instance"),
    _row(
        "multi-instance-behavior-one",
        "Nhiều lượt, ném sự kiện ở lượt đầu",
        "Multi-instance, behavior One",
    ),
    _row(
        "multi-instance-behavior-none",
        "Nhiều lượt, ném sự kiện mỗi lượt",
        "Multi-instance, behavior None",
    ),
    _row(
        "multi-instance-behavior-complex",
        "Nhiều lượt, hành vi phức hợp",
        "Multi-instance, behavior Complex",
        "refused",
        note=(
            "Không có cách hiểu thống nhất nào trong tiêu chuẩn.",
            "No reading of the standard agrees on what it does.",
        ),
    ),
    _row("standard-loop", "Vòng lặp chuẩn", "Standard loop"),
    _row("start-quantity", "Số thẻ để bắt đầu lớn hơn 1", "startQuantity above 1", "warning"),
    _row(
        "completion-quantity", "Số thẻ khi xong lớn hơn 1", "completionQuantity above 1", "warning"
    ),
)
