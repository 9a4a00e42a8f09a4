"""A plan in sentences, Vietnamese and English, with what the rows add: names, who holds a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from engine.domain.actors import Actor
from engine.ports.views import Condition, Query, Views

Line = Mapping[str, object]
SENTENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "element-ended": ("{element} kết thúc giữa chừng.", "{element} ends unfinished."),
        "element-begun": ("{element} bắt đầu.", "{element} begins."),
        "element-mapped": ("{element} trở thành {target}.", "{element} becomes {target}."),
        "task-cancelled": (
            "Nhiệm vụ {element} bị hủy{holder_vi}; bản nháp của nó không còn dùng được.",
            "The task {element} is cancelled{holder_en}; a draft of it is of no use any more.",
        ),
        "task-kept": (
            "Nhiệm vụ {element} giữ nguyên{holder_vi}, cả bản nháp.",
            "The task {element} stays as it is{holder_en}, its draft too.",
        ),
        "task-opened": ("Nhiệm vụ {element} mở ra.", "The task {element} opens."),
        "job-cancelled": ("Công việc của {element} bị hủy.", "The job of {element} is cancelled."),
        "job-created": (
            "Công việc loại {type} được tạo tại {element}.",
            "A job of type {type} is created at {element}.",
        ),
        "timer-cancelled": ("Hẹn giờ {element} bị hủy.", "The timer {element} is cancelled."),
        "timer-set": ("Hẹn giờ {element} đặt lúc {due}.", "The timer {element} is set for {due}."),
        "timer-kept": (
            "Hẹn giờ {element} vẫn đến hạn lúc {due}.",
            "The timer {element} is still due at {due}.",
        ),
        "subscription-closed": (
            "{element} không còn chờ tin nhắn hay tín hiệu.",
            "{element} waits for its message or signal no more.",
        ),
        "subscription-opened": (
            "{element} chờ {name}.",
            "{element} waits for {name}.",
        ),
        "incident-closed": (
            "Sự cố tại {element} được đóng lại.",
            "The incident at {element} is closed.",
        ),
        "incident-raised": (
            "Sự cố {error_type} sẽ xảy ra tại {element}.",
            "An incident {error_type} would be raised at {element}.",
        ),
        "instance-started": ("Quy trình được gọi bắt đầu.", "A called process starts."),
        "instance-ended": ("Quy trình {key} bị chấm dứt.", "The instance {key} is terminated."),
        "instance-completed": ("Quy trình {key} hoàn thành.", "The instance {key} completes."),
    }
)
HEADS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "now": ("Ngay lập tức", "At once"),
        "then": ("Sau đó, tự động", "Then, by itself"),
        "kept": ("Giữ nguyên", "Kept"),
    }
)
LANGUAGES: Final = ("vi", "en")


def tell(
    views: Views, actor: Actor, plan: Iterable[Line], zone: ZoneInfo
) -> list[dict[str, object]]:
    """Each line with ``text`` by language; names and holders come from one search each."""
    lines = [dict(line) for line in plan]
    keys = tuple({int(str(line["key"])) for line in lines if line.get("key")})
    names = _by_element(views, actor, "element_instance", "key", keys, "name")
    holders = _by_element(views, actor, "user_task", "element_key", keys, "assignee")
    waits = _by_element(views, actor, "message_subscription", "element_key", keys, "element_id")
    for line in lines:
        line["element_id"] = line.get("element_id") or waits.get(int(str(line.get("key") or 0)))
        words = _words(line, names, holders, zone)
        pair = SENTENCES[str(line["kind"])]
        line["text"] = {
            language: text.format(**words) for language, text in zip(LANGUAGES, pair, strict=True)
        }
    return lines


def screen(lines: Iterable[Line], language: str) -> list[str]:
    """The plan under its three heads."""
    place, shown, head = LANGUAGES.index(language), [], None
    for line in lines:
        if line["when"] != head:
            head = str(line["when"])
            shown.append(f"{HEADS[head][place]}:")
        text = line["text"]
        assert isinstance(text, dict)  # noqa: S101  # made by tell
        shown.append(f"  - {text[language]}")
    return shown


def _words(
    line: Line, names: Mapping[int, str], holders: Mapping[int, str], zone: ZoneInfo
) -> dict[str, object]:
    key = int(str(line.get("key") or 0))
    element, name = line.get("element_id") or key, names.get(key)
    holder, due = holders.get(key), line.get("due_at")
    return {
        "key": key,
        "element": f"“{name}” ({element})" if name and name != element else f"'{element}'",
        "target": f"'{line.get('target_id')}'",
        "holder_vi": f" (đang do {holder} giữ)" if holder else "",
        "holder_en": f" (held by {holder})" if holder else "",
        "type": line.get("type"),
        "name": line.get("name"),
        "error_type": line.get("error_type"),
        "due": f"{due.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(due, datetime) else "",
    }


def _by_element(
    views: Views, actor: Actor, noun: str, field: str, keys: tuple[int, ...], wanted: str
) -> dict[int, str]:
    if not keys:
        return {}
    query = Query(where=(Condition(field=field, op="in", value=keys),), limit=10_000)
    rows = views.search(noun, actor, query).items  # type: ignore[arg-type]  # two nouns, above
    return {int(str(row[field])): str(row[wanted]) for row in rows if row[wanted]}
