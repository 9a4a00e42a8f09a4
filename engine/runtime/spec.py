"""A compiled process: SpiffWorkflow's process spec holding our nodes, all levels in one map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

if TYPE_CHECKING:
    from engine.runtime.container import ProcessScope
    from engine.runtime.node import Node

PROCESS = "#process"
"""Name of the process's own node; no BPMN id can have a ``#``."""


class ProcessSpec(BpmnProcessSpec):
    """Ids are unique in a file, so nested nodes stand beside the others."""

    task_specs: dict[str, Node]

    def __init__(self, process_id: str, name: str | None, filename: str | None) -> None:
        super().__init__(name=process_id, description=name, filename=filename)
        # Spiff's own "Start" and "End" would collide with BPMN ids of that name.
        self.task_specs.clear()
        self.start: Any = None
        self.end: Any = None

    @property
    def process(self) -> ProcessScope:
        """The node of the process itself."""
        node: Any = self.task_specs[PROCESS]
        return node  # type: ignore[no-any-return]  # the parser puts a ProcessScope there
