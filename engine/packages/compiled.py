"""A package made ready to play: processes, decisions and forms compiled, faults as findings."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine import dmn
from engine.errors import DeployRefused, InvalidInput
from engine.forms import Form, compile_form
from engine.packages.findings import error, from_fault, warning
from engine.packages.model import Package, Resource
from engine.ports.runtime import Finding, ProcessInfo, Runtime


@dataclass(slots=True)
class CompiledPackage:
    """What could be compiled, by id, and what could not."""

    processes: dict[str, ProcessInfo] = field(default_factory=dict)
    sources: dict[str, bytes] = field(default_factory=dict)
    decisions: dict[str, dmn.Model] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    form_files: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def form_of(self, resource: str) -> Form | None:
        """The form of a file, when it compiled."""
        found = [form for form in self.forms.values() if self.form_files[form.id] == resource]
        return found[0] if found else None


def compile_package(package: Package, runtime: Runtime) -> CompiledPackage:
    """Compile everything; what fails is left out and told."""
    ready = CompiledPackage()
    for resource in package.of("bpmn"):
        _process(resource, runtime, ready)
    imports = dmn.among({one.name: one.content for one in package.of("dmn")})
    for resource in package.of("dmn"):
        _decisions(resource, imports, ready)
    for resource in package.of("form"):
        _form(resource, ready)
    return ready


def _process(resource: Resource, runtime: Runtime, ready: CompiledPackage) -> None:
    try:
        compiled = runtime.compile(resource.content, resource.name)
    except DeployRefused as refusal:
        ready.findings += [one for one in refusal.findings if isinstance(one, Finding)]
        return
    ready.findings += compiled.warnings
    for info in compiled.processes:
        if info.process_id in ready.processes:
            ready.findings.append(_twice("process", "quy trình", info.process_id, resource))
        ready.processes[info.process_id] = info
        ready.sources[info.process_id] = resource.content


def _decisions(resource: Resource, imports: dmn.Resolver, ready: CompiledPackage) -> None:
    try:
        model = dmn.load(resource.content, resource.name, imports)
    except InvalidInput as refusal:
        ready.findings += [
            from_fault("decision-invalid", fault, resource.name) for fault in refusal.faults
        ]
        return
    for found in model.findings:
        where = found.where
        ready.findings.append(
            warning(
                f"decision-{found.code}",
                f"bảng quyết định: {found.sentence}",
                found.sentence,
                element=where.element or "",
                line=where.line or 0,
                resource=resource.name,
            )
        )
    for decision in model.decisions:
        if decision.id in ready.decisions:
            ready.findings.append(_twice("decision", "quyết định", decision.id, resource))
        ready.decisions[decision.id] = model


def _form(resource: Resource, ready: CompiledPackage) -> None:
    try:
        form = compile_form(resource.content, resource.name)
    except InvalidInput as refusal:
        ready.findings += [
            error(
                "form-invalid",
                f"{fault.pointer}: {fault.sentence}",
                f"{fault.pointer}: {fault.sentence}",
                resource=resource.name,
            )
            for fault in refusal.faults
        ]
        return
    if form.id in ready.forms:
        ready.findings.append(_twice("form", "biểu mẫu", form.id, resource))
    ready.forms[form.id] = form
    ready.form_files[form.id] = resource.name
    for fault in form.warnings:
        said = f"{fault.pointer}: {fault.sentence}"
        ready.findings.append(
            warning("form-property", f"không có tác dụng: {said}", said, resource=resource.name)
        )


def _twice(en: str, vi: str, name: str, resource: Resource) -> Finding:
    return error(
        "package-duplicate-id",
        f"mã {vi} {name} dùng hai lần trong gói",
        f"the {en} id {name} is used twice in the package",
        element=name,
        resource=resource.name,
    )
