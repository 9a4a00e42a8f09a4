"""The portal's codes on every path of the diagram, against the table of what may follow what."""

from __future__ import annotations

from collections.abc import Iterator

from engine.domain.dossier.walk import illegal_steps
from engine.packages.flow_graph import read_graph
from engine.packages.rules.subject import Found, Rule, Subject

_SHOWN = 6


def _illegal(subject: Subject) -> Iterator[Found]:
    graph = read_graph(subject.package, subject.package.process_id)
    if graph is None:
        return
    for step in illegal_steps(graph):
        diagram = subject.elements.get(step.node)
        path = " → ".join(step.path[-_SHOWN:])
        yield Found(
            element=step.node,
            line=diagram.elements[step.node][1] if diagram else 0,
            resource=diagram.resource if diagram else "procedure.yml",
            details={"before": str(step.before), "after": str(step.after), "path": path},
        )


RULES = (
    Rule(
        id="portal-illegal",
        severity="error",
        vi="Hồ sơ đang ở trạng thái {before} không được chuyển sang {after}: {path}",
        en="A dossier with status {before} may not become {after}: {path}",
        mend_vi="Sửa mục portal, bước motcua:set-status, hoặc đường đi trong sơ đồ;"
        " xem bảng trong docs/dossier.md",
        mend_en="Correct portal, the motcua:set-status task or the path in the diagram;"
        " the table stands in docs/dossier.md",
        check=_illegal,
    ),
)
