"""The picture: whether there is one, and whether it shows what runs."""

from __future__ import annotations

from engine.runtime import globaltasks
from engine.runtime.lint import names
from engine.runtime.lint.findings import Report, Rule, warning
from engine.runtime.lint.model import Model

RULES: dict[str, Rule] = {
    "no-diagram": warning(
        "Tệp không có hình vẽ (BPMN DI): chạy được nhưng không xem được trên sơ đồ.",
        "The file has no diagram interchange: it runs, but cannot be seen on a diagram.",
        "Mở tệp bằng một trình soạn thảo và sắp xếp hình.",
        "Open the file in an editor and lay it out.",
    ),
    "node-not-drawn": warning(
        "'{id}' chạy được nhưng không có trên hình vẽ.",
        "'{id}' runs but does not appear in the diagram.",
        "Mở tệp bằng trình soạn thảo và vẽ lại nút này.",
        "Open the file in an editor and draw the node again.",
    ),
}


def check(model: Model, report: Report) -> None:
    """Compare the nodes that run with the shapes that are drawn."""
    shapes = {
        names.reference(shape.get("bpmnElement"))
        for shape in model.root.iter(f"{{{names.BPMNDI}}}BPMNShape")
    }
    if not shapes:
        report.add("no-diagram", model.root)
        return
    for node in model.running_nodes():
        if globaltasks.is_made(node.scope.element):
            continue
        if node.id and names.reference(node.id) not in shapes:
            report.add("node-not-drawn", node.element)
