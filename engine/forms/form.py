"""A compiled form: validates a completion and tells what of it becomes variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jsonschema_rs import Draft202012Validator

from engine.errors import Fault
from engine.feel import DEFAULT, Environment
from engine.forms.answers import tidy
from engine.forms.check import field_faults, lock_faults
from engine.forms.model import Component, FormFault, Path, Validated
from engine.forms.outcome import files, given, values
from engine.forms.pointers import get
from engine.forms.sentences import fault
from engine.forms.settle import Placed, Settled, settle
from engine.forms.shape import shape_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One ``.form`` file, ready to check answers; immutable and shared between threads.

    ``schema`` is JSON Schema 2020-12 of the answers; ``fields`` maps the path of
    each value (``*`` for a row) to its component; ``warnings`` name what of the
    file is not honoured.
    """

    id: str
    name: str
    version_tag: str | None
    components: tuple[Component, ...]
    schema: Mapping[str, object]
    fields: Mapping[Path, Component]
    warnings: tuple[Fault, ...]
    validator: Draft202012Validator = field(repr=False)

    def walk(self) -> Iterator[Component]:
        """Every component in document order."""
        for component in self.components:
            yield from component.walk()

    def settle(
        self,
        answers: Mapping[str, object],
        context: Mapping[str, object],
        env: Environment = DEFAULT,
    ) -> Settled:
        """The form as it stands with these (perhaps unfinished) answers, for whoever draws it."""
        return settle(self.components, tidy(answers, []), context, env)

    def validate(
        self,
        answers: object,
        context: Mapping[str, object],
        env: Environment = DEFAULT,
    ) -> Validated:
        """Check a completion. With faults, nothing of ``values`` may be written.

        ``context`` holds the variables the task sees; ``env`` the clock and zone
        of the installation.
        """
        faults: list[FormFault] = []
        answered = tidy(answers, faults)
        settled = settle(self.components, answered, context, env)
        sent = given(answered, settled)
        faults += shape_faults(self.validator, self.fields, sent)
        wrong = {one.pointer for one in faults}
        live = self._live(settled, answered, sent, context)
        faults += [one for one in live if one.pointer not in wrong]
        faults += [fault("form-expression", path) for path in settled.broken]
        if not settled.stable:
            faults.append(fault("form-unstable", ()))
        return Validated(
            values=values(self.components, answered, context, settled),
            faults=tuple(faults),
            files=files(settled, sent),
        )

    def _live(
        self,
        settled: Settled,
        answered: Mapping[str, object],
        sent: Mapping[str, object],
        context: Mapping[str, object],
    ) -> Iterator[FormFault]:
        for placed in settled.placed:
            component = placed.component
            if placed.hidden or component.computed:
                continue
            if placed.locked and component.binding == "value":
                yield from lock_faults(placed, answered, context)
            elif component.binding == "value":
                yield from field_faults(placed, get(sent, placed.path), context)
            elif component.rows is not None and component.rows.fixed:
                yield from _fixed_rows(placed, sent, context)


def _fixed_rows(
    placed: Placed, sent: Mapping[str, object], context: Mapping[str, object]
) -> Iterator[FormFault]:
    rows, known = get(sent, placed.path), get(context, placed.path)
    limits = placed.component.rows
    if not isinstance(rows, list) or limits is None:
        return
    wanted = len(known) if isinstance(known, list) else limits.default
    if len(rows) != wanted:
        yield fault("fixed-rows", placed.path, placed.component, wanted)
