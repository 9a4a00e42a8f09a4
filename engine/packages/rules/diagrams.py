"""Rules about the diagram: the process, its lanes, its ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from engine.domain.clock import parse_term
from engine.errors import InvalidInput
from engine.packages.rules.subject import Found, Rule, Subject


def _process(subject: Subject) -> Iterator[Found]:
    wanted = subject.package.process_id
    if wanted and wanted not in subject.ready.processes:
        known = ", ".join(sorted(subject.ready.processes)) or "-"
        line = subject.line("process")
        yield Found(element=wanted, line=line, details={"process": wanted, "known": known})


def _drawn_lanes(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        for lane in diagram.lanes:
            if lane.id not in subject.package.lanes:
                yield Found(
                    element=lane.id,
                    line=lane.line,
                    resource=diagram.resource,
                    details={"lane": lane.id, "name": lane.name},
                )


def _mapped_lanes(subject: Subject) -> Iterator[Found]:
    drawn = {lane.id for diagram in subject.diagrams for lane in diagram.lanes}
    for lane in subject.package.lanes:
        if lane not in drawn:
            yield Found(element=lane, line=subject.line("lanes", lane), details={"lane": lane})


def _unassigned(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        laned = {
            node
            for lane in diagram.lanes
            if lane.id in subject.package.lanes
            for node in lane.nodes
        }
        for task in diagram.user_tasks:
            if not task.assigned and laned.isdisjoint((task.id, *task.inside)):
                yield Found(
                    element=task.id,
                    line=task.line,
                    resource=diagram.resource,
                    details={"task": task.id},
                )


def _skilled(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        for task in diagram.user_tasks:
            if task.skill is not None and not task.timed:
                yield Found(
                    element=task.id,
                    line=task.line,
                    resource=diagram.resource,
                    details={"task": task.id, "skill": task.skill},
                )


def _untimed(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        for task in diagram.user_tasks:
            if not (task.dated or task.timed):
                yield Found(
                    element=task.id,
                    line=task.line,
                    resource=diagram.resource,
                    details={"task": task.id},
                )


def _terms(subject: Subject) -> Iterator[Found]:
    for diagram in subject.diagrams:
        for term in sorted(set(_TERM.findall(diagram.text))):
            try:
                parse_term(term)
            except InvalidInput:
                yield Found(resource=diagram.resource, details={"term": term})


def _results(subject: Subject) -> Iterator[Found]:
    results = cast(Mapping[str, str], subject.package.facts.get("results", {}))
    for diagram in subject.diagrams:
        for end in diagram.ends:
            if end not in results:
                _, line = diagram.elements[end]
                yield Found(element=end, line=line, resource=diagram.resource, details={"end": end})


def _unknown_elements(subject: Subject) -> Iterator[Found]:
    for section in ("results", "portal"):
        for element in cast(Mapping[str, object], subject.package.facts.get(section, {})):
            if element not in subject.elements:
                line = subject.line(section, element)
                yield Found(
                    element=element, line=line, details={"element": element, "section": section}
                )


# The literal second argument of ``deadline``; computed terms are judged when they run.
_TERM = re.compile(r'(?:deadline|hạn trả)\([^"()]*(?:\([^"()]*\)[^"()]*)?,\s*"([^"]*)"\s*[,)]')

RULES = (
    Rule(
        id="deadline-undefined",
        severity="warning",
        vi="Công việc {task} không có hạn: không có ngày đến hạn, không có hẹn giờ ở biên",
        en="The task {task} has no deadline: neither a due date nor a timer on its border",
        mend_vi='Đặt dueDate, ví dụ =deadline(dossier.receivedAt, "3WD")',
        mend_en='Give it a dueDate such as =deadline(dossier.receivedAt, "3WD")',
        check=_untimed,
    ),
    Rule(
        id="deadline-term",
        severity="error",
        vi="Thời hạn {term} không đúng dạng",
        en="The term {term} of a deadline is none",
        mend_vi="Viết 3WD, 0.5WD, 4h hoặc 15D",
        mend_en="Write 3WD, 0.5WD, 4h or 15D",
        check=_terms,
    ),
    Rule(
        id="process-missing",
        severity="error",
        vi="procedure.yml nói thủ tục chạy bằng quy trình {process}, nhưng không có trong gói"
        " (có: {known})",
        en="procedure.yml names the process {process}, which the package does not have ({known})",
        mend_vi="Sửa mục process, hoặc mã của quy trình trong sơ đồ",
        mend_en="Correct process, or the id of the process in the diagram",
        check=_process,
    ),
    Rule(
        id="lane-unmapped",
        severity="error",
        vi="Làn {lane} ({name}) chưa gắn với vai trò nào",
        en="The lane {lane} ({name}) is mapped to no role",
        mend_vi="Thêm {lane} vào mục lanes của procedure.yml",
        mend_en="Add {lane} to lanes in procedure.yml",
        check=_drawn_lanes,
    ),
    Rule(
        id="lane-unknown",
        severity="error",
        vi="procedure.yml gắn vai trò cho làn {lane}, nhưng sơ đồ không có làn này",
        en="procedure.yml maps the lane {lane}, which no diagram has",
        mend_vi="Sửa mã làn trong mục lanes",
        mend_en="Correct the id under lanes",
        check=_mapped_lanes,
    ),
    Rule(
        id="task-unassigned",
        severity="error",
        vi="Công việc {task} không ai được giao: không có nhóm và không nằm trong làn nào",
        en="Nobody may do the task {task}: it has no group and stands in no mapped lane",
        mend_vi="Khai báo nhóm (zeebe:assignmentDefinition) hoặc đặt công việc vào một làn",
        mend_en="Declare groups (zeebe:assignmentDefinition) or put it into a lane",
        check=_unassigned,
    ),
    Rule(
        id="skill-without-escalation",
        severity="warning",
        vi="Công việc {task} cần kỹ năng {skill}, nhưng không ai được báo khi không có người làm",
        en="The task {task} needs the skill {skill}, and nobody is told when no one has it",
        mend_vi="Gắn sự kiện thời gian ở biên, hoặc dùng motcua:route với skill và routing.group",
        mend_en="Attach a timer at its boundary, or use motcua:route with skill and routing.group",
        check=_skilled,
    ),
    Rule(
        id="result-unmapped",
        severity="warning",
        vi="Điểm kết thúc {end} chưa nói hồ sơ có kết quả gì",
        en="The end {end} does not say what the dossier comes to",
        mend_vi="Thêm {end} vào mục results của procedure.yml",
        mend_en="Add {end} to results in procedure.yml",
        check=_results,
    ),
    Rule(
        id="element-unknown",
        severity="error",
        vi="Mục {section} nhắc đến {element}, nhưng sơ đồ không có phần tử này",
        en="{section} names {element}, which no diagram has",
        mend_vi="Sửa mã phần tử trong procedure.yml",
        mend_en="Correct the element id in procedure.yml",
        check=_unknown_elements,
    ),
)
