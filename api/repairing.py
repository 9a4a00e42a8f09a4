"""Bodies of repair routes as commands, and plans as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request

from api.answers import answer
from api.calls import actor, engine
from engine.errors import Fault, InvalidInput
from engine.ports.engine import Done
from engine.ports.repair import Activation, Modification, Move, ScopedVariables, Termination
from engine.repair.plans import tell

Body = Mapping[str, Any]


def is_preview() -> bool:
    """``?preview=true``; another value is refused."""
    asked = request.args.get("preview", "false")
    if asked not in ("true", "false"):
        fault = Fault(pointer="preview", code="flag", sentence="Write true or false.")
        raise InvalidInput("preview is true or false.", [fault])
    return asked == "true"


def show_plan(done: Done) -> Response:
    """The plan's lines, with sentences in both languages."""
    plan: Any = done.result["plan"]
    lines = tell(engine().views, actor(), plan, engine().settings.zone)
    return answer({"items": [_line(line) for line in lines]})


def modification(body: Body) -> Modification:
    """The instructions of a body."""
    return Modification(
        activate=tuple(_activation(each) for each in body.get("activateInstructions", ())),
        move=tuple(
            _move(each, f"/moveInstructions/{place}")
            for place, each in enumerate(body.get("moveInstructions", ()))
        ),
        terminate=tuple(
            _termination(each, f"/terminateInstructions/{place}")
            for place, each in enumerate(body.get("terminateInstructions", ()))
        ),
    )


def mapping_of(instructions: Sequence[Body]) -> dict[str, str]:
    """Source to target; a source is mapped once."""
    found: dict[str, str] = {}
    for place, each in enumerate(instructions):
        source = each["sourceElementId"]
        if source in found:
            sentence = f"'{source}' is mapped twice."
            fault = Fault(
                pointer=f"/mappingInstructions/{place}", code="mapped-twice", sentence=sentence
            )
            raise InvalidInput(sentence, [fault], code="mapped-twice")
        found[source] = each["targetElementId"]
    return found


def _activation(each: Body) -> Activation:
    return Activation(
        element_id=each["elementId"],
        ancestor=_ancestor(each),
        variables=_variables(each.get("variableInstructions", ())),
    )


def _move(each: Body, pointer: str) -> Move:
    source: Body = each["sourceElementInstruction"]
    by_key = source["sourceType"] == "byKey"
    name = "sourceElementInstanceKey" if by_key else "sourceElementId"
    if name not in source:
        raise _one_of(f"{pointer}/sourceElementInstruction", name)
    meant = (
        Termination(element_key=int(source[name]))
        if by_key
        else Termination(element_id=source[name])
    )
    scope: Body = each.get("ancestorScopeInstruction", {})
    return Move(
        source=meant,
        target_id=each["targetElementId"],
        ancestor=_ancestor(scope),
        near="source" if scope.get("ancestorScopeType") == "sourceParent" else "found",
        variables=_variables(each.get("variableInstructions", ())),
    )


def _termination(each: Body, pointer: str) -> Termination:
    if ("elementId" in each) == ("elementInstanceKey" in each):
        raise _one_of(pointer, "one of elementId and elementInstanceKey")
    if "elementId" in each:
        return Termination(element_id=each["elementId"])
    return Termination(element_key=int(each["elementInstanceKey"]))


def _variables(rows: Sequence[Body]) -> tuple[ScopedVariables, ...]:
    return tuple(
        ScopedVariables(variables=row["variables"], scope_id=row.get("scopeId", "")) for row in rows
    )


def _ancestor(each: Body) -> int | None:
    text = each.get("ancestorElementInstanceKey", "-1")
    return None if text == "-1" else int(text)


def _one_of(pointer: str, name: str) -> InvalidInput:
    fault = Fault(pointer=pointer, code="required", sentence=f"Give {name}.")
    return InvalidInput("An instruction is not complete.", [fault])


def _line(line: Mapping[str, object]) -> dict[str, object]:
    key = line.get("key")
    return {
        "when": line["when"],
        "kind": line["kind"],
        "elementId": line.get("element_id"),
        "elementInstanceKey": None if key is None else str(key),
        "text": line["text"],
    }
