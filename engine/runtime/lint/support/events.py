"""Support rows of events: every kind at every place where BPMN allows it.

A pair that has no row here is not BPMN and is refused as misplaced.
"""

from __future__ import annotations

from engine.runtime.lint.support.row import Row

KINDS: dict[str, tuple[str, str]] = {
    "none": ("không loại", "none"),
    "message": ("thông điệp", "message"),
    "timer": ("hẹn giờ", "timer"),
    "signal": ("tín hiệu", "signal"),
    "conditional": ("điều kiện", "conditional"),
    "error": ("lỗi", "error"),
    "escalation": ("báo cấp trên", "escalation"),
    "compensation": ("bù hoàn", "compensation"),
    "cancel": ("hủy giao dịch", "cancel"),
    "link": ("liên kết", "link"),
    "terminate": ("chấm dứt", "terminate"),
    "multiple": ("nhiều loại", "multiple"),
    "parallelMultiple": ("nhiều loại song song", "parallel multiple"),
}

_WAITING = "message timer signal conditional multiple parallelMultiple"
PLACES: dict[str, tuple[str, str, str]] = {
    "start": ("Bắt đầu quy trình", "Start of a process", f"none {_WAITING}"),
    "sub-start": ("Bắt đầu quy trình con", "Start of a sub-process", "none"),
    "esp-start": (
        "Bắt đầu quy trình con theo sự kiện, ngắt",
        "Start of an event sub-process, interrupting",
        f"{_WAITING} error escalation compensation",
    ),
    "esp-start-non-interrupting": (
        "Bắt đầu quy trình con theo sự kiện, không ngắt",
        "Start of an event sub-process, non-interrupting",
        f"{_WAITING} escalation",
    ),
    "catch": ("Chờ giữa chừng", "Intermediate catch", f"{_WAITING} link"),
    "boundary": (
        "Trên biên, ngắt",
        "Boundary, interrupting",
        f"{_WAITING} error escalation cancel compensation",
    ),
    "boundary-non-interrupting": (
        "Trên biên, không ngắt",
        "Boundary, non-interrupting",
        f"{_WAITING} escalation",
    ),
    "throw": (
        "Phát giữa chừng",
        "Intermediate throw",
        "none message signal escalation compensation link multiple",
    ),
    "end": (
        "Kết thúc",
        "End",
        "none message signal error escalation compensation cancel terminate multiple",
    ),
}


def key_of(place: str, kind: str) -> str:
    """Row key of an event."""
    return f"{place}-{'parallel-multiple' if kind == 'parallelMultiple' else kind}"


def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(
            key=key_of(place, kind),
            family="events",
            vi=f"{vi}: {KINDS[kind][0]}",
            en=f"{en}: {KINDS[kind][1]}",
        )
        for place, (vi, en, kinds) in PLACES.items()
        for kind in kinds.split()
    )


def _detail(key: str, vi: str, en: str) -> Row:
    return Row(key=key, family="events", vi=vi, en=en)


ROWS = (
    *_rows(),
    _detail("timer-date", "Hẹn giờ theo thời điểm", "Timer with a date"),
    _detail("timer-duration", "Hẹn giờ theo khoảng", "Timer with a duration"),
    _detail("timer-cycle", "Hẹn giờ lặp lại", "Timer with a cycle"),
    _detail("timer-cron", "Hẹn giờ theo lịch cron", "Timer with a cron expression"),
    _detail(
        "event-definition-ref", "Định nghĩa sự kiện dùng chung", "Event definition by reference"
    ),
)
