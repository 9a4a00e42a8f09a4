"""One change, told in both languages, and how lists of named things are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

Part = Literal["law", "fee", "documents", "jurisdiction", "people", "diagram", "decision", "form"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``where`` names the file or element it stands in."""

    part: Part
    where: str
    vi: str
    en: str


Told = Callable[[T], tuple[str, str]]


def named(
    part: Part,
    what: tuple[str, str],
    old: Mapping[str, T],
    new: Mapping[str, T],
    show: Told[T],
    where: str = "procedure.yml",
) -> Iterator[Change]:
    """What was added to, dropped from and changed in a collection with names.

    ``what`` is the kind of thing in both languages, ``show`` says a thing's
    content; things that read alike have not changed.
    """
    for name in [*old, *(one for one in new if one not in old)]:
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            vi, en = show(after)
            yield _told(part, where, what, ("thêm", "added"), vi, en)
        elif after is None and before is not None:
            vi, en = show(before)
            yield _told(part, where, what, ("bỏ", "dropped"), vi, en)
        elif before is not None and after is not None:
            (vi, en), (new_vi, new_en) = show(before), show(after)
            if (vi, en) != (new_vi, new_en):
                change = (f"{vi} → {new_vi}", f"{en} → {new_en}")
                yield _told(part, where, what, ("đổi", "changed"), *change)


def replaced(part: Part, what: tuple[str, str], old: object, new: object) -> Iterator[Change]:
    """A single value that is another one now."""
    if old != new:
        before, after = said(old), said(new)
        yield Change(
            part=part,
            where="procedure.yml",
            vi=f"{what[0]}: {before[0]} → {after[0]}.",
            en=f"{what[1]}: {before[1]} → {after[1]}.",
        )


def said(value: object) -> tuple[str, str]:
    """A value in both languages."""
    if value is None or value == []:
        return "không có", "none"
    if isinstance(value, bool):
        return ("có", "yes") if value else ("không", "no")
    if isinstance(value, Mapping):
        return str(value.get("vi", "")), str(value.get("en", value.get("vi", "")))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)), ", ".join(map(str, value))
    return str(value), str(value)


def _told(
    part: Part, where: str, what: tuple[str, str], verb: tuple[str, str], vi: str, en: str
) -> Change:
    return Change(
        part=part,
        where=where,
        vi=f"{what[0]} ({verb[0]}): {vi}.",
        en=f"{what[1]} ({verb[1]}): {en}.",
    )
