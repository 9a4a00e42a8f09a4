"""Rows of a dynamic list added and removed by a submit button, without any script."""

from __future__ import annotations

from engine.forms import Placed
from engine.forms.model import Path
from engine.forms.pointers import get, pointer
from web.forms.start import new_row


def changed_rows(do: str, answers: dict[str, object], placed: tuple[Placed, ...]) -> bool:
    """Do what a row's button says, in place; False when it is no such button or not possible."""
    verb, _, where = do.partition(":")
    if verb not in {"add", "remove"}:
        return False
    for one in placed:
        rows = one.component.rows
        if rows is None or rows.fixed or one.hidden:
            continue
        held = get(answers, one.path)
        if not isinstance(held, list):
            continue
        if verb == "add" and where == pointer(one.path) and len(held) < rows.maximum:
            held.append(new_row(one.component))
            return True
        if verb == "remove" and _removed(held, where, one.path, rows.minimum):
            return True
    return False


def _removed(held: list[object], where: str, path: Path, least: int) -> bool:
    for index in range(len(held)):
        if where == pointer((*path, index)) and len(held) > least:
            del held[index]
            return True
    return False
