"""Support rows of gateways and sequence flows."""

from __future__ import annotations

from engine.runtime.lint.support.row import Row, Status


def _gateway(key: str, vi: str, en: str, status: Status = "runs") -> Row:
    return Row(key=key, family="gateways", vi=vi, en=en, status=status)


def _flow(key: str, vi: str, en: str) -> Row:
    return Row(key=key, family="flows", vi=vi, en=en)


ROWS = (
    _gateway("exclusive-gateway", "Cổng loại trừ", "Exclusive gateway"),
    _gateway("parallel-gateway", "Cổng song song", "Parallel gateway"),
    _gateway("inclusive-gateway", "Cổng bao gồm", "Inclusive gateway"),
    _gateway("complex-gateway", "Cổng phức hợp", "Complex gateway"),
    _gateway("event-based-gateway", "Cổng theo sự kiện", "Event-based gateway"),
    _gateway(
        "event-based-gateway-instantiating",
        "Cổng theo sự kiện mở quy trình",
        "Event-based gateway that starts the process",
    ),
    _gateway(
        "event-based-gateway-parallel",
        "Cổng theo sự kiện song song mở quy trình",
        "Parallel event-based gateway that starts the process",
    ),
    _flow("sequence-flow", "Luồng tuần tự", "Sequence flow"),
    _flow("conditional-flow", "Luồng có điều kiện sau cổng", "Conditional flow after a gateway"),
    _flow(
        "conditional-flow-activity",
        "Luồng có điều kiện sau công việc",
        "Conditional flow after an activity",
    ),
    _flow("default-flow", "Luồng mặc định sau cổng", "Default flow of a gateway"),
    _flow("default-flow-activity", "Luồng mặc định sau công việc", "Default flow of an activity"),
    _flow("implicit-split", "Nhiều luồng ra khỏi một nút", "Several flows out of a node"),
    _flow("implicit-merge", "Nhiều luồng vào một nút", "Several flows into a node"),
)
