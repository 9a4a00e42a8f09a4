"""The portal's status codes 1-10 and which may follow which.

Codes 5, 6 and 7 are detours: where they lead depends on the stage the dossier
came from (1, 2, 4 or 9). Nothing else in the product knows these numbers' order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

REGISTERED: Final = 1
ACCEPTED: Final = 2
NOT_ACCEPTED: Final = 3
PROCESSING: Final = 4
SUPPLEMENT: Final = 5
PAYMENT: Final = 6
WITHDRAWAL: Final = 7
STOPPED: Final = 8
FINISHED: Final = 9
DELIVERED: Final = 10

STAGES: Final = frozenset({REGISTERED, ACCEPTED, PROCESSING, FINISHED})
CODES: Final = frozenset(range(1, 11))
ENDS: Final = frozenset({NOT_ACCEPTED, STOPPED, DELIVERED})

MEANING: Final[Mapping[int, str]] = {
    REGISTERED: "Mới đăng ký",
    ACCEPTED: "Được tiếp nhận",
    NOT_ACCEPTED: "Không được tiếp nhận",
    PROCESSING: "Đang xử lý",
    SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    WITHDRAWAL: "Công dân yêu cầu rút hồ sơ",
    STOPPED: "Dừng xử lý",
    FINISHED: "Đã xử lý xong",
    DELIVERED: "Đã trả kết quả",
}

_NEXT: Final[Mapping[int, frozenset[int]]] = {
    REGISTERED: frozenset({ACCEPTED, NOT_ACCEPTED, SUPPLEMENT, PAYMENT, WITHDRAWAL}),
    ACCEPTED: frozenset({PROCESSING, SUPPLEMENT, PAYMENT, WITHDRAWAL, STOPPED}),
    NOT_ACCEPTED: frozenset(),
    PROCESSING: frozenset({SUPPLEMENT, PAYMENT, WITHDRAWAL, STOPPED, FINISHED}),
    # The refusal is a paper too, and it is handed over.
    STOPPED: frozenset({DELIVERED}),
    FINISHED: frozenset({PAYMENT, DELIVERED}),
    DELIVERED: frozenset(),
}
# What a payment opens besides the way back: acceptance, or the hand-over.
_PAID: Final[Mapping[int, frozenset[int]]] = {
    REGISTERED: frozenset({ACCEPTED}),
    FINISHED: frozenset({DELIVERED}),
}


def next_codes(code: int, stage: int) -> frozenset[int]:
    """Codes that may follow ``code``; ``stage`` is the stage a detour came from."""
    if code == SUPPLEMENT:
        late = NOT_ACCEPTED if stage == REGISTERED else STOPPED
        return frozenset({stage, late}) if stage != FINISHED else frozenset()
    if code == PAYMENT:
        return frozenset({stage, STOPPED}) | _PAID.get(stage, frozenset())
    if code == WITHDRAWAL:
        # Refusing a withdrawal leads to appraisal; before acceptance there is none.
        back = {PROCESSING} if stage in (ACCEPTED, PROCESSING) else set()
        return frozenset({STOPPED} | back)
    return _NEXT[code]


def may_follow(before: int, after: int, stage: int) -> bool:
    """Whether the table allows the step."""
    return after in next_codes(before, stage)


def stage_after(code: int, stage: int) -> int:
    """The stage a dossier stands in once it shows ``code``."""
    return code if code in STAGES else stage


def first_illegal(codes: Iterable[int]) -> int | None:
    """Position of the first code the table forbids; a sequence begins with 1 or 2."""
    before = stage = 0
    for position, code in enumerate(codes):
        legal = (
            code in (REGISTERED, ACCEPTED)
            if before == 0
            else code == before or may_follow(before, code, stage)
        )
        if not legal:
            return position
        before, stage = code, stage_after(code, stage)
    return None
