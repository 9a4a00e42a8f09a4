"""Deploy BPMN, form and other files together: all of them or none.

Every BPMN file passes the validator first; a finding of severity error
refuses the whole deployment with rule, element and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.context import Context, Result
from engine.commands.model_warnings import warnings_of
from engine.dmn import Model, among
from engine.dmn import load as load_decisions
from engine.domain.events import ResourcesDeployed
from engine.domain.ids import DEFAULT_TENANT, DefinitionRef, Key
from engine.domain.records import DecisionRecord, StartRecord
from engine.errors import Fault, InvalidInput
from engine.forms import compile_form
from engine.ports.runtime import Compiled, ProcessInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployResources:
    """``resources`` are (file name, content); procedure attributes come from a package.

    ``procedure`` is its ``procedure.yml`` as data: the process it names is of kind
    ``procedure``, the other ones are its parts.
    """

    resources: tuple[tuple[str, bytes], ...]
    name: str = ""
    tenant_id: str = DEFAULT_TENANT
    kind: str = "plain"
    procedure_code: str | None = None
    applies_from: str | None = None
    procedure: Mapping[str, object] | None = None


def deploy_resources(command: DeployResources, context: Context) -> Result:
    _require_resources(command)
    compiled = {
        name: context.runtime.compile(content, name)
        for name, content in command.resources
        if name.endswith((".bpmn", ".bpmn20.xml", ".xml"))
    }
    forms = {
        name: compile_form(content, name)
        for name, content in command.resources
        if name.endswith(".form")
    }
    decision_files = {name: content for name, content in command.resources if name.endswith(".dmn")}
    decisions = {
        name: load_decisions(content, name, among(decision_files))
        for name, content in decision_files.items()
    }
    _require_distinct(compiled)
    _require_distinct_decisions(decisions)

    definitions = context.uow.definitions
    key = definitions.deploy(command.name, command.resources, command.tenant_id)
    deployed: list[dict[str, object]] = []
    for name, form in forms.items():
        row, _ = definitions.add_form(key, name, form.id, form.version_tag)
        deployed.append({"form": dict(row) | {"resource_name": name}})
    for name, drg in decisions.items():
        deployed += _add_decisions(command, context, key, name, drg)
    for name, model in compiled.items():
        deployed += [
            {"process": _add_process(command, context, key, name, info)} for info in model.processes
        ]

    names = tuple(name for name, _ in command.resources)
    ids = tuple(info.process_id for model in compiled.values() for info in model.processes)
    context.uow.record(None, ResourcesDeployed(key=key, resources=names, definitions=ids))
    return {
        "deployment_key": key,
        "tenant_id": command.tenant_id,
        "deployments": deployed,
        "warnings": warnings_of(compiled, decisions),
    }


def _add_process(
    command: DeployResources, context: Context, deployment_key: Key, name: str, info: ProcessInfo
) -> dict[str, object]:
    record, is_new = context.uow.definitions.add_process(
        deployment_key,
        name,
        info,
        kind=_kind(command, info),
        procedure_code=command.procedure_code,
        applies_from=command.applies_from,
    )
    if command.procedure is not None and record.kind == "procedure":
        context.uow.dossiers.add_procedure(record, command.procedure, context.uow.now)
    if is_new:
        context.uow.definitions.replace_start_timers(
            record.ref, _start_timers(context, record.ref, info)
        )
    return {
        "key": record.ref.key,
        "process_id": record.ref.process_id,
        "version": record.ref.version,
        "version_tag": record.ref.version_tag,
        "resource_name": name,
        "tenant_id": record.tenant_id,
    }


def _kind(command: DeployResources, info: ProcessInfo) -> str:
    if command.procedure is None:
        return command.kind
    return "procedure" if info.process_id == command.procedure.get("process") else "part"


def _add_decisions(
    command: DeployResources, context: Context, deployment_key: Key, name: str, model: Model
) -> list[dict[str, object]]:
    added = context.uow.decisions.add(
        deployment_key,
        name,
        (model.id or model.namespace or name, model.name or name),
        [(decision.id, decision.name, decision.version_tag) for decision in model.decisions],
        command.tenant_id,
    )
    deployed: list[dict[str, object]] = [
        {"requirements": _requirements(record, name, command)} for record, _ in added[:1]
    ]
    return deployed + [{"decision": _decision(record, name, command)} for record, _ in added]


def _decision(record: DecisionRecord, name: str, command: DeployResources) -> dict[str, object]:
    return {
        "key": record.key,
        "decision_id": record.decision_id,
        "name": record.name,
        "version": record.version,
        "requirements_id": record.requirements_id,
        "requirements_key": record.requirements_key,
        "resource_name": name,
        "tenant_id": command.tenant_id,
    }


def _requirements(record: DecisionRecord, name: str, command: DeployResources) -> dict[str, object]:
    return {
        "key": record.requirements_key,
        "requirements_id": record.requirements_id,
        "name": record.requirements_name,
        "version": record.requirements_version,
        "resource_name": name,
        "tenant_id": command.tenant_id,
    }


def _start_timers(context: Context, ref: DefinitionRef, info: ProcessInfo) -> list[StartRecord]:
    return [
        StartRecord(
            definition=ref,
            element_id=start.element_id,
            kind="timer",
            due_at=context.runtime.next_start(start, context.uow.now),
            expression=start.expression,
            timer_kind=start.timer_kind,
            needs=start.needs,
        )
        for start in info.starts
        if start.kind == "timer"
    ]


def _require_resources(command: DeployResources) -> None:
    known = (".bpmn", ".bpmn20.xml", ".xml", ".dmn", ".form")
    faults = [
        Fault(
            pointer=f"/resources/{name}",
            code="resource-type",
            sentence=f"{name}: only .bpmn, .dmn and .form files can be deployed.",
        )
        for name, _ in command.resources
        if not name.endswith(known)
    ]
    if faults or not command.resources:
        raise InvalidInput("Nothing was deployed: no file, or a file of unknown type.", faults)


def _require_distinct(compiled: dict[str, Compiled]) -> None:
    seen: dict[str, str] = {}
    for name, model in compiled.items():
        for info in model.processes:
            if info.process_id in seen:
                raise InvalidInput(
                    f"Process {info.process_id} stands in {seen[info.process_id]} and in {name}.",
                    code="duplicate-process",
                )
            seen[info.process_id] = name


def _require_distinct_decisions(decisions: Mapping[str, Model]) -> None:
    seen: dict[str, str] = {}
    for name, model in decisions.items():
        for decision in model.decisions:
            if decision.id in seen:
                raise InvalidInput(
                    f"Decision {decision.id} stands in {seen[decision.id]} and in {name}.",
                    code="duplicate-decision",
                )
            seen[decision.id] = name
