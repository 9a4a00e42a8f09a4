"""What a completion leaves: the answers that count, the variables to write, the files named."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from engine.forms.compose import compose, roots
from engine.forms.model import Component, Path
from engine.forms.pointers import MISSING, get
from engine.forms.settle import Settled


def given(answers: Mapping[str, object], settled: Settled) -> dict[str, object]:
    """The answers without hidden, locked and computed values, as the schema wants them.

    Blank text counts as no answer; objects of shown groups are made, so that a
    missing answer is reported where it is missing.
    """
    sent = copy.deepcopy(dict(answers))
    for placed in settled.placed:
        if not placed.path or placed.component.binding == "group":
            continue
        ignored = placed.hidden or placed.locked or placed.component.computed
        holder = _holder(sent, placed.path[:-1], make=not placed.hidden)
        name = placed.path[-1]
        if holder is None or not isinstance(name, str):
            continue
        if ignored:
            holder.pop(name, None)
        elif holder.get(name) == "":
            holder[name] = None
    return sent


def _holder(tree: object, path: Path, *, make: bool) -> dict[str, object] | None:
    # Objects are made, rows are not: what stands before a row's index must be there.
    rows = [at for at, step in enumerate(path) if isinstance(step, int)]
    first = rows[-1] + 1 if rows else 0
    for at, step in enumerate(path):
        inner = get(tree, (step,))
        if inner is MISSING and make and at >= first and isinstance(tree, dict):
            inner = tree[step] = {}
        tree = inner
    return tree if isinstance(tree, dict) else None


def values(
    components: Sequence[Component],
    answers: Mapping[str, object],
    context: Mapping[str, object],
    settled: Settled,
) -> dict[str, object]:
    """The variables to write: names that were answered or computed.

    An object the form shows only in part keeps its other members, and a hidden
    field keeps what the process had.
    """
    touched: set[str] = set()
    for placed in settled.placed:
        if not placed.path or placed.hidden or placed.component.binding == "group":
            continue
        sent = not placed.locked and get(answers, placed.path) is not MISSING
        if sent or placed.component.computed:
            touched.add(str(placed.path[0]))
    data = compose(components, answers, context, settled.state, keep_hidden=True)
    return {name: data[name] for name in roots(components) if name in touched and name in data}


def files(settled: Settled, sent: Mapping[str, object]) -> tuple[str, ...]:
    """The document keys in the answers, in order, each once."""
    found: dict[str, None] = {}
    for placed in settled.placed:
        if placed.component.type != "filepicker" or placed.hidden:
            continue
        keys = get(sent, placed.path)
        if isinstance(keys, list):
            found.update((key, None) for key in keys if isinstance(key, str))
    return tuple(found)
