"""The names and signatures of SpiffWorkflow that the runtime hangs on.

A release that renames one must fail here, not in a clerk's request.
"""

from __future__ import annotations

import importlib.metadata
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.node_parser import NodeParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
)
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.event import EventManager
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

BOTH_WAYS = False
HOOKS: list[tuple[Callable[..., Any], list[str]]] = [
    (Task.__init__, ["self", "workflow", "task_spec", "parent", "state", "id"]),
    (Task._set_state, ["self", "value"]),
    (Task._child_added_notify, ["self", "child"]),
    (Task._inherit_data, ["self"]),
    (Task._ready, ["self"]),
    (Task.run, ["self"]),
    (Task.complete, ["self"]),
    (Task.error, ["self"]),
    (Task.cancel, ["self"]),
    (Task.reset_branch, ["self", "data"]),
    (Workflow._remove_task, ["self", "task_id"]),
    (Workflow._task_removed_notify, ["self", "task"]),
    (Workflow._task_completed_notify, ["self", "task"]),
    (BpmnWorkflow.__init__, ["self", "spec", "subprocess_specs", "script_engine", "kwargs"]),
    (TaskSpec._predict_hook, ["self", "my_task"]),
    (TaskSpec._update, ["self", "my_task"]),
    (TaskSpec._update_hook, ["self", "my_task"]),
    (TaskSpec._on_ready, ["self", "my_task"]),
    (TaskSpec._on_ready_hook, ["self", "my_task"]),
    (TaskSpec._run, ["self", "my_task"]),
    (TaskSpec._run_hook, ["self", "my_task"]),
    (TaskSpec._on_complete, ["self", "my_task"]),
    (TaskSpec._on_complete_hook, ["self", "my_task"]),
    (TaskSpec._on_error_hook, ["self", "my_task"]),
    (TaskSpec.connect, ["self", "taskspec"]),
    (TaskSpec.test, ["self"]),
    (BpmnSpecMixin.__init__, ["self", "wf_spec", "bpmn_id", "kwargs"]),
    (BpmnProcessSpec.__init__, ["self", "name", "description", "filename", "svg"]),
    (BpmnParser.add_bpmn_xml, ["self", "bpmn", "filename"]),
    (BpmnParser.get_process_ids, ["self"]),
    (BpmnParser.get_process_parser, ["self", "process_id"]),
    (BpmnParser._get_parser_class, ["self", "tag"]),
    (BpmnParser._add_processes, ["self", "bpmn", "filename"]),
    (BpmnParser._add_data_stores, ["self", "bpmn"]),
    (BpmnParser._add_diagram_indexes, ["self", "bpmn"]),
    (BpmnParser._document_key, ["self", "bpmn"]),
    (ProcessParser._parse, ["self"]),
    (ProcessParser.get_spec, ["self"]),
    (ProcessParser.get_lane_name, ["self", "node_id"]),
    (TaskParser.__init__, ["self", "process_parser", "spec_class", "node", "nsmap", "lane"]),
    (TaskParser.parse_node, ["self"]),
    (TaskParser.create_task, ["self"]),
    (NodeParser._get_lane, ["self"]),
    (EventManager.add_task, ["self", "my_task"]),
    (EventManager.remove_task, ["self", "my_task"]),
]


def test_the_pinned_release() -> None:
    assert importlib.metadata.version("SpiffWorkflow") == "3.2.0"


@pytest.mark.parametrize(("hook", "names"), HOOKS, ids=lambda v: getattr(v, "__qualname__", ""))
def test_hook(hook: Callable[..., Any], names: list[str]) -> None:
    assert list(inspect.signature(hook).parameters) == names


def test_attributes_and_states() -> None:
    assert isinstance(Task.parent, property)
    assert isinstance(Task.children, property)
    assert isinstance(NodeParser.bpmn_attributes, property)
    states = [TaskState.WAITING, TaskState.READY, TaskState.STARTED, TaskState.COMPLETED]
    assert [*states, TaskState.ERROR, TaskState.CANCELLED] == [8, 16, 32, 64, 128, 256]


@pytest.mark.parametrize("kind", [ErrorEventDefinition, EscalationEventDefinition])
def test_codes_are_compared_as_we_need_it(kind: Any) -> None:
    assert kind("a", None) == kind("b", "X")
    assert kind("a", "X") == kind("b", "X")
    assert kind("a", "X") != kind("b", "Y")
    assert kind("a", "X") != kind("b", None)
