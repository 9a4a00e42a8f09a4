"""Rules about forms: each task has one, each form and field has a use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.forms import Component
from engine.packages.rules.subject import Found, Rule, Subject


def _missing(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        for task in diagram.user_tasks:
            if task.external_form or task.form_id in subject.forms:
                continue
            broken = any(one.rule == "form-invalid" for one in subject.ready.findings)
            if broken and task.form_id is not None:
                continue  # it is there and does not compile, which has been told
            yield Found(
                element=task.id,
                line=task.form_line,
                resource=diagram.resource,
                details={"task": task.id, "form": task.form_id or f"{task.id}.form"},
            )


def _latest(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        for one in diagram.references:
            if one.kind == "form" and one.binding == "latest":
                yield Found(
                    element=one.element_id,
                    line=one.line,
                    resource=diagram.resource,
                    details={"task": one.element_id, "form": one.id},
                )


def _unused(subject: Subject) -> Iterator[Found]:
    used = {one.id for diagram in subject.diagrams for one in diagram.references}
    used |= {task.form_id or "" for diagram in subject.diagrams for task in diagram.user_tasks}
    for form_id in subject.forms:
        if form_id not in used:
            resource = subject.ready.form_files[form_id]
            yield Found(element=form_id, resource=resource, details={"form": form_id})


def _unused_fields(subject: Subject) -> Iterator[Found]:
    everywhere = "\n".join(
        [
            *(diagram.text for diagram in subject.diagrams),
            *(r.content.decode("utf-8", "replace") for r in subject.package.of("dmn")),
        ]
    )
    texts = {
        resource.name: resource.content.decode("utf-8", "replace")
        for resource in subject.package.of("form")
    }
    for form_id, form in subject.forms.items():
        resource = subject.ready.form_files[form_id]
        for component in form.walk():
            if component.binding != "value" or _kept(component):
                continue
            name = component.steps[-1]
            word = re.compile(rf"\b{re.escape(name)}\b")
            elsewhere = any(word.search(text) for key, text in texts.items() if key != resource)
            here = len(word.findall(texts[resource])) > 1 + texts[resource].count(f'"id": "{name}"')
            if not (elsewhere or here or word.search(everywhere)):
                yield Found(
                    element=component.id,
                    resource=resource,
                    details={"field": ".".join(component.steps), "form": form_id},
                )


def _kept(component: Component) -> bool:
    # Remarks and ticks are for the record; other fields say so with a property of their own.
    extra = component.properties.get("properties")
    marked = isinstance(extra, Mapping) and extra.get("record") == "true"
    return marked or component.type in ("textarea", "checkbox")


RULES = (
    Rule(
        id="form-missing",
        severity="error",
        vi="Công việc {task} không có biểu mẫu ({form})",
        en="The task {task} has no form ({form})",
        mend_vi="Thêm tệp {task}.form vào thư mục forms của phiên bản này",
        mend_en="Add {task}.form to the forms folder of this version",
        check=_missing,
    ),
    Rule(
        id="form-latest",
        severity="warning",
        vi="Công việc {task} dùng bản mới nhất của biểu mẫu {form}: hồ sơ đang chạy có thể đổi mẫu",
        en="The task {task} uses the latest {form}: the form may change while a dossier is open",
        mend_vi='Chọn bindingType "deployment" cho biểu mẫu',
        mend_en='Choose the binding "deployment" for the form',
        check=_latest,
    ),
    Rule(
        id="form-unused",
        severity="warning",
        vi="Biểu mẫu {form} không được công việc nào dùng",
        en="No task uses the form {form}",
        mend_vi="Gắn biểu mẫu vào một công việc hoặc xóa tệp",
        mend_en="Link it to a task or remove the file",
        check=_unused,
    ),
    Rule(
        id="form-field-unused",
        severity="warning",
        vi="Trường {field} của biểu mẫu {form} không được dùng ở đâu",
        en="Nothing uses the field {field} of the form {form}",
        mend_vi="Bỏ trường này, dùng nó ở chỗ khác, hoặc ghi thuộc tính record = true nếu để lưu",
        mend_en="Drop it, use it, or give it the property record = true when it is for the record",
        check=_unused_fields,
    ),
    Rule(
        id="form-invalid",
        severity="error",
        vi="Biểu mẫu không đọc được",
        en="The form cannot be compiled",
        mend_vi="Sửa chỗ được nêu rồi chạy lại",
        mend_en="Mend the place named and run again",
    ),
    Rule(
        id="form-property",
        severity="warning",
        vi="Một thuộc tính của biểu mẫu không có tác dụng ở đây",
        en="A property of the form has no effect here",
        mend_vi="Bỏ thuộc tính đó",
        mend_en="Remove the property",
    ),
)
