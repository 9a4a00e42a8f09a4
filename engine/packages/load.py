"""Finds and reads procedure packages; what is wrong becomes findings, never a half-read package.

``<slug>/<yyyy-mm-dd>`` under both folders; names that begin with ``_`` or ``.``
are not procedures.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from engine.errors import InvalidInput
from engine.packages.document import Document, read
from engine.packages.findings import error, from_fault
from engine.packages.model import Kind, Package, Resource
from engine.ports.runtime import Finding

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_FILE = 20_000_000
_TEXTUAL = {".yml", ".yaml", ".bpmn", ".dmn", ".form", ".json", ".md", ".svg", ".txt", ".typ"}
_KINDS: dict[str, Kind] = {".bpmn": "bpmn", ".dmn": "dmn", ".form": "form"}


def load(packages_dir: Path, forms_dir: Path) -> tuple[Package, ...]:
    """Every dated version under ``packages_dir``, by slug and date."""
    return tuple(
        load_one(dated, forms_dir) for slug in _folders(packages_dir) for dated in _folders(slug)
    )


def load_one(folder: Path, forms_dir: Path) -> Package:
    """The package of one dated folder."""
    slug, dated = folder.parent.name, folder.name
    findings: list[Finding] = []
    applies_from = _date(dated, folder, findings)
    if not SLUG.fullmatch(slug):
        findings.append(
            error(
                "package-slug",
                f"{slug}: tên thư mục chỉ gồm chữ thường không dấu, số và dấu gạch nối",
                f"{slug}: a folder name is lower-case letters without marks, digits and hyphens",
                resource=slug,
            )
        )
    forms_folder = forms_dir / slug / dated
    resources = tuple(
        sorted(
            [*_files(folder, "", findings), *_files(forms_folder, "forms/", findings)],
            key=lambda resource: resource.name,
        )
    )
    return Package(
        slug=slug,
        applies_from=applies_from,
        folder=folder,
        forms_folder=forms_folder,
        procedure=_procedure(resources, findings),
        resources=resources,
        digest=digest(resources),
        findings=tuple(findings),
    )


def digest(resources: tuple[Resource, ...]) -> str:
    """SHA-256 over names and contents; line ends count as one kind on every system."""
    total = hashlib.sha256()
    for resource in resources:
        content = resource.content
        if resource.path.suffix in _TEXTUAL:
            content = content.replace(b"\r\n", b"\n")
        total.update(f"{resource.name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.is_dir() and one.name[0] not in "._")


def _date(name: str, folder: Path, findings: list[Finding]) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
            return date.fromisoformat(name)
    except ValueError:
        pass
    where = f"{folder.parent.name}/{name}"
    findings.append(
        error(
            "package-date",
            f"{where}: tên thư mục phiên bản phải là ngày áp dụng, dạng 2026-01-31",
            f"{where}: a version's folder is named by its date, as 2026-01-31",
            resource=name,
        )
    )
    return date.min


def _files(folder: Path, prefix: str, findings: list[Finding]) -> Iterator[Resource]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inside = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        name = prefix + inside.as_posix()
        if path.stat().st_size > MAX_FILE:
            findings.append(
                error(
                    "package-file-size",
                    f"{name}: tệp lớn hơn {MAX_FILE // 1_000_000} MB",
                    f"{name}: the file is larger than {MAX_FILE // 1_000_000} MB",
                    resource=name,
                )
            )
            continue
        yield Resource(name=name, kind=_kind(name, path), path=path, content=path.read_bytes())


def _kind(name: str, path: Path) -> Kind:
    if name == "procedure.yml":
        return "procedure"
    if name.startswith("scenarios/") and path.suffix in (".yml", ".yaml"):
        return "scenario"
    if name.startswith("i18n/") and path.suffix == ".yml":
        return "texts"
    return _KINDS.get(path.suffix, "other")


def _procedure(resources: tuple[Resource, ...], findings: list[Finding]) -> Document | None:
    for resource in resources:
        if resource.kind != "procedure":
            continue
        try:
            return read(resource.content, resource.name, "procedure")
        except InvalidInput as refusal:
            findings += [from_fault("package-schema", fault) for fault in refusal.faults]
            return None
    findings.append(
        error(
            "package-schema",
            "Thiếu tệp procedure.yml: mỗi phiên bản cần một tệp mô tả thủ tục",
            "procedure.yml is missing: each version needs one that describes the procedure",
            resource="procedure.yml",
        )
    )
    return None
