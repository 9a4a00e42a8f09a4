"""Every text of a model that is evaluated: FEEL parses, timers are readable, nothing else runs."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.feel import FeelSyntaxError, compile_expression
from engine.runtime.duration import parse_duration
from engine.runtime.lint import names
from engine.runtime.lint.expression_places import (
    ELEMENTS,
    MAYBE,
    MUST,
    STATIC_DATES,
    TIMERS,
)
from engine.runtime.lint.findings import Report, Rule, error, warning
from engine.runtime.lint.model import Model
from engine.runtime.timer import parse_cycle, parse_instant

RULES: dict[str, Rule] = {
    "feel-syntax": error(
        "Biểu thức '{text}' sai cú pháp FEEL ở ký tự thứ {position}: {explanation_vi}",
        "Expression '{text}' is not FEEL at character {position}: {explanation}",
        "Sửa biểu thức tại chỗ đó.",
        "Mend the expression there.",
    ),
    "feel-empty": error(
        "'{place}' của '{id}' để trống.",
        "'{place}' of '{id}' is empty.",
        "Điền một biểu thức FEEL.",
        "Fill in a FEEL expression.",
    ),
    "juel-expression": error(
        "'{text}' viết theo kiểu ${{…}} của động cơ khác; ở đây chỉ có FEEL.",
        "'{text}' is written in another engine's ${{…}} style; only FEEL is evaluated here.",
        "Viết '= …' và dùng tên biến trực tiếp.",
        "Write '= …' and use the variable's plain name.",
    ),
    "expression-language": error(
        "'{id}' dùng ngôn ngữ biểu thức '{language}'; chỉ FEEL được tính.",
        "'{id}' uses expression language '{language}'; only FEEL is evaluated.",
        "Viết lại bằng FEEL và xóa thuộc tính language.",
        "Write it in FEEL and remove the language attribute.",
    ),
    "file-language": warning(
        "Tệp khai báo ngôn ngữ biểu thức '{language}'; mọi biểu thức vẫn được đọc như FEEL.",
        "The file declares expression language '{language}'; all expressions are read as FEEL.",
        "Đổi expressionLanguage hoặc xóa nó.",
        "Change expressionLanguage or remove it.",
    ),
    "condition-without-equals": warning(
        "Biểu thức '{text}' không bắt đầu bằng '='; nó vẫn được đọc như FEEL.",
        "Expression '{text}' does not begin with '='; it is read as FEEL all the same.",
        "Thêm '=' ở đầu để mọi công cụ hiểu giống nhau.",
        "Put '=' in front so that every tool reads it alike.",
    ),
    "expression-required": error(
        "'{place}' của '{id}' phải là biểu thức FEEL (bắt đầu bằng '='), không phải '{text}'.",
        "'{place}' of '{id}' must be a FEEL expression (beginning with '='), not '{text}'.",
        "Thêm '=' ở đầu.",
        "Put '=' in front.",
    ),
    "timer-missing": error(
        "Hẹn giờ của '{id}' không có thời điểm, khoảng hay chu kỳ.",
        "The timer of '{id}' has no date, duration or cycle.",
        "Điền một trong ba.",
        "Fill in one of the three.",
    ),
    "timer-several": error(
        "Hẹn giờ của '{id}' có hơn một trong: thời điểm, khoảng, chu kỳ.",
        "The timer of '{id}' has more than one of date, duration and cycle.",
        "Giữ lại một.",
        "Keep one.",
    ),
    "timer-syntax": error(
        "Không đọc được hẹn giờ '{text}' của '{id}' ({kind}).",
        "The timer '{text}' of '{id}' cannot be read as a {kind}: {explanation}",
        "Ví dụ: 2026-01-31T17:00:00+07:00, PT10M, P3D, R3/PT1H.",
        "For example: 2026-01-31T17:00:00+07:00, PT10M, P3D, R3/PT1H.",
    ),
}
_READERS: dict[str, Callable[[str], object]] = {
    "date": parse_instant,
    "duration": parse_duration,
    "cycle": parse_cycle,
}
# XPath is BPMN's default, which editors write without meaning it.
_HARMLESS_LANGUAGES = ("xpath", "feel")
# Places where nobody writes "=".
_PLAIN = names.words(
    "script formalExpression loopCardinality transformation from messagePath dataPath"
)
SCRIPT = f"{{{names.BPMN}}}script"


def check(model: Model, report: Report) -> None:
    """All expressions of executable processes and of the definitions they use."""
    language = model.root.get("expressionLanguage", "")
    if language and not any(word in language.lower() for word in _HARMLESS_LANGUAGES):
        report.add("file-language", model.root, language=language)
    for element in model.running_elements():
        namespace, local = names.split(str(element.tag))
        if namespace == names.BPMN:
            _element(element, local, report)
        elif namespace == names.ZEEBE:
            for attribute, value in element.attrib.items():
                _attribute(element, f"{local}@{attribute}", str(value).strip(), report)


def _element(element: etree._Element, local: str, report: Report) -> None:
    if local in TIMERS:
        _timer(element, local, report)
    elif local == "timerEventDefinition":
        _one_timer(element, report)
    elif local == "conditionalEventDefinition" and not names.children(element, "condition"):
        report.add("feel-empty", element, place="condition")
    elif local in ELEMENTS:
        _condition(element, local, report)
    elif local in ("message", "signal") and (element.get("name") or "").startswith("="):
        _attribute(element, f"{local}@name", (element.get("name") or "").strip(), report)


def _condition(element: etree._Element, local: str, report: Report) -> None:
    text = names.text_of(element)
    if _foreign_language(element, report):
        return
    if not text:
        if local != "script":
            report.add("feel-empty", element, place=local)
        return
    if not _juel(element, text, report):
        plain = local in _PLAIN
        if not text.startswith("=") and not plain:
            report.add("condition-without-equals", element, text=text)
        if text.startswith("=") or local != "formalExpression":
            _feel(element, text.removeprefix("="), report)


def _foreign_language(element: etree._Element, report: Report) -> bool:
    parent = element.getparent()
    if parent is not None and element.tag == SCRIPT:
        # The task names the script's language, and a rule of its own refuses others.
        return "feel" not in parent.get("scriptFormat", "feel").lower()
    language = element.get("language", "").strip()
    if not language or "feel" in language.lower():
        return False
    report.add("expression-language", element, language=language)
    return True


def _attribute(element: etree._Element, place: str, value: str, report: Report) -> None:
    if not value or place not in MAYBE | MUST or _juel(element, value, report):
        return
    if value.startswith("=") or place == "script@expression":
        _feel(element, value.removeprefix("="), report)
    elif place in MUST:
        report.add("expression-required", element, place=place.partition("@")[2], text=value)
    elif place in STATIC_DATES:
        _read(element, "date", value, report)


def _feel(element: etree._Element, text: str, report: Report) -> None:
    try:
        compile_expression(text.strip())
    except FeelSyntaxError as fault:
        report.add(
            "feel-syntax",
            element,
            text=text.strip(),
            position=fault.position + 1,
            explanation=fault.explanation,
            explanation_vi=fault.words.vi,
        )


def _juel(element: etree._Element, text: str, report: Report) -> bool:
    found = "${" in text or text.lstrip("= ").startswith("#{")
    if found:
        report.add("juel-expression", element, text=text)
    return found


def _one_timer(element: etree._Element, report: Report) -> None:
    count = sum(len(names.children(element, local)) for local in TIMERS)
    if count != 1:
        report.add("timer-missing" if count == 0 else "timer-several", element)


def _timer(element: etree._Element, local: str, report: Report) -> None:
    text = names.text_of(element)
    if _foreign_language(element, report):
        return
    if not text:
        report.add("timer-missing", element)
    elif _juel(element, text, report):
        return
    elif text.startswith("="):
        _feel(element, text[1:], report)
    else:
        _read(element, TIMERS[local], text, report)


def _read(element: etree._Element, kind: str, text: str, report: Report) -> None:
    try:
        _READERS[kind](text)
    except (ValueError, OverflowError) as fault:
        report.add("timer-syntax", element, text=text, kind=kind, explanation=fault)
