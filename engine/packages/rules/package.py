"""Rules about the package as a whole: scenarios, texts, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from engine.packages.rules.subject import Found, Rule, Subject
from engine.packages.texts import read_texts


def _no_scenarios(subject: Subject) -> Iterator[Found]:
    if not any(subject.package.of("scenario")):
        yield Found(resource="scenarios/")


def _start_examples(subject: Subject) -> Iterator[Found]:
    start = cast(Mapping[str, Mapping[str, object]], subject.package.facts.get("start", {}))
    for name, one in start.items():
        if one.get("required") is True and "example" not in one:
            yield Found(line=subject.line("start", name), details={"name": name})


def _no_texts(subject: Subject) -> Iterator[Found]:
    if not any(subject.package.of("texts")):
        yield Found(resource="i18n/en.yml")


def _missing_texts(subject: Subject) -> Iterator[Found]:
    for resource in subject.package.of("texts"):
        texts, findings = read_texts(resource)
        if texts is None or findings:
            continue
        for diagram in subject.diagrams:
            for element, (name, _) in {**diagram.elements, **diagram.flows}.items():
                if name and element not in texts.elements:
                    yield Found(
                        element=element, resource=resource.name, details={"element": element}
                    )
        for form_id, form in subject.forms.items():
            known = texts.forms.get(form_id, {})
            for component in form.walk():
                if component.label and component.id not in known:
                    details = {"element": f"{form_id} / {component.id}"}
                    yield Found(element=component.id, resource=resource.name, details=details)


def _unknown_texts(subject: Subject) -> Iterator[Found]:
    named = {one for diagram in subject.diagrams for one in (*diagram.elements, *diagram.flows)}
    named |= {lane.id for diagram in subject.diagrams for lane in diagram.lanes}
    for resource in subject.package.of("texts"):
        texts, _ = read_texts(resource)
        if texts is None:
            continue
        for element in texts.elements:
            if element not in named:
                line = texts.document.line("elements", element)
                yield Found(
                    element=element, line=line, resource=resource.name, details={"element": element}
                )
        for form_id, labels in texts.forms.items():
            form = subject.forms.get(form_id)
            ids = {component.id for component in form.walk()} if form else set()
            for component_id in labels:
                if component_id not in ids:
                    yield Found(
                        element=component_id,
                        line=texts.document.line("forms", form_id, component_id),
                        resource=resource.name,
                        details={"element": f"{form_id} / {component_id}"},
                    )


RULES = (
    Rule(
        id="scenario-missing",
        severity="warning",
        vi="Gói không có kịch bản nào",
        en="The package has no scenario",
        mend_vi="Thêm scenarios/*.yml, ít nhất một cho mỗi điểm kết thúc",
        mend_en="Add scenarios/*.yml, at least one for each end",
        check=_no_scenarios,
    ),
    Rule(
        id="start-example",
        severity="warning",
        vi="Biến bắt buộc {name} không có ví dụ",
        en="The required variable {name} has no example",
        mend_vi="Thêm example",
        mend_en="Add an example",
        check=_start_examples,
    ),
    Rule(
        id="texts-missing",
        severity="warning",
        vi="Gói chưa có bản tiếng Anh (i18n/en.yml)",
        en="The package has no English texts (i18n/en.yml)",
        mend_vi="Thêm i18n/en.yml; thiếu thì hiện tiếng Việt",
        mend_en="Add i18n/en.yml; what is missing is shown in Vietnamese",
        check=_no_texts,
    ),
    Rule(
        id="text-missing",
        severity="warning",
        vi="{element} chưa có tên tiếng Anh",
        en="{element} has no English text",
        mend_vi="Thêm vào i18n/en.yml",
        mend_en="Add it to i18n/en.yml",
        check=_missing_texts,
    ),
    Rule(
        id="text-unknown",
        severity="warning",
        vi="i18n/en.yml dịch {element}, nhưng không có phần tử này",
        en="i18n/en.yml has a text for {element}, which does not exist",
        mend_vi="Sửa mã hoặc bỏ dòng này",
        mend_en="Correct the id or drop the line",
        check=_unknown_texts,
    ),
    Rule(
        id="scenario-invalid",
        severity="error",
        vi="Kịch bản không đúng mẫu",
        en="The scenario is not in the expected form",
        mend_vi="Sửa dòng được nêu; xem docs/packages.md",
        mend_en="Mend the line named; see docs/packages.md",
    ),
    Rule(
        id="texts-invalid",
        severity="error",
        vi="Tệp i18n không đúng mẫu",
        en="The i18n file is not in the expected form",
        mend_vi="Sửa dòng được nêu; xem docs/packages.md",
        mend_en="Mend the line named; see docs/packages.md",
    ),
    Rule(
        id="package-schema",
        severity="error",
        vi="procedure.yml không đúng mẫu",
        en="procedure.yml is not in the expected form",
        mend_vi="Sửa dòng được nêu; xem docs/packages.md",
        mend_en="Mend the line named; see docs/packages.md",
    ),
    Rule(
        id="package-slug",
        severity="error",
        vi="Tên thư mục thủ tục không hợp lệ",
        en="The procedure's folder name is not valid",
        mend_vi="Dùng chữ thường không dấu, số và gạch nối",
        mend_en="Use lower-case letters, digits and hyphens",
    ),
    Rule(
        id="package-date",
        severity="error",
        vi="Tên thư mục phiên bản không phải là ngày",
        en="The version's folder name is no date",
        mend_vi="Đặt tên theo ngày áp dụng, dạng 2026-01-31",
        mend_en="Name it by the date it applies from, as 2026-01-31",
    ),
    Rule(
        id="package-file-size",
        severity="error",
        vi="Một tệp của gói quá lớn",
        en="A file of the package is too large",
        mend_vi="Bỏ tệp này khỏi gói",
        mend_en="Keep it out of the package",
    ),
    Rule(
        id="package-duplicate-id",
        severity="error",
        vi="Một mã được dùng hai lần trong gói",
        en="An id is used twice in the package",
        mend_vi="Đổi một trong hai mã",
        mend_en="Rename one of them",
    ),
    Rule(
        id="decision-invalid",
        severity="error",
        vi="Tệp quyết định không đọc được",
        en="The decision file cannot be loaded",
        mend_vi="Sửa chỗ được nêu rồi chạy lại",
        mend_en="Mend the place named and run again",
    ),
)
