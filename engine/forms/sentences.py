"""What is wrong with an answer, in Vietnamese and English: names and limits, never the value."""

from __future__ import annotations

from engine.forms.model import Component, FormFault, Path
from engine.forms.pointers import pointer

SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("{label}: bắt buộc phải nhập", "{label}: an answer is required"),
    "unknown-key": (
        "{label}: biểu mẫu không có trường này",
        "{label}: the form has no such field",
    ),
    "wrong-type": ("{label}: phải là {limit}", "{label}: must be {limit}"),
    "too-short": (
        "{label}: cần ít nhất {limit} ký tự",
        "{label}: at least {limit} characters are needed",
    ),
    "too-long": (
        "{label}: không được dài quá {limit} ký tự",
        "{label}: at most {limit} characters are allowed",
    ),
    "pattern": ("{label}: không đúng định dạng", "{label}: is not in the expected format"),
    "email": (
        "{label}: địa chỉ thư điện tử không đúng",
        "{label}: is not an e-mail address",
    ),
    "phone": (
        "{label}: số điện thoại không đúng (ví dụ 0912 345 678)",
        "{label}: is not a telephone number (for example 0912 345 678)",
    ),
    "minimum": ("{label}: phải từ {limit} trở lên", "{label}: must be {limit} or more"),
    "maximum": ("{label}: không được quá {limit}", "{label}: must be {limit} or less"),
    "decimal-digits": (
        "{label}: chỉ được có tối đa {limit} chữ số thập phân",
        "{label}: at most {limit} decimal digits are allowed",
    ),
    "increment": (
        "{label}: phải là bội số của {limit}",
        "{label}: must be a multiple of {limit}",
    ),
    "not-an-option": (
        "{label}: giá trị không có trong danh sách lựa chọn",
        "{label}: is not one of the choices",
    ),
    "no-options": (
        "{label}: chưa có danh sách lựa chọn nào để chọn",
        "{label}: there is no list to choose from",
    ),
    "duplicate-item": (
        "{label}: một lựa chọn được ghi hai lần",
        "{label}: one choice is given twice",
    ),
    "date": (
        "{label}: ngày không đúng (dạng 2026-11-23)",
        "{label}: is not a date (written 2026-11-23)",
    ),
    "time": (
        "{label}: giờ không đúng (dạng {limit})",
        "{label}: is not a time (written {limit})",
    ),
    "datetime": (
        "{label}: ngày giờ không đúng (dạng {limit})",
        "{label}: is not a date and time (written {limit})",
    ),
    "past-date": (
        "{label}: không được ở trong quá khứ",
        "{label}: must not lie in the past",
    ),
    "too-few-rows": ("{label}: cần ít nhất {limit} dòng", "{label}: at least {limit} rows"),
    "too-many-rows": (
        "{label}: không được quá {limit} dòng",
        "{label}: at most {limit} are allowed",
    ),
    "fixed-rows": (
        "{label}: không được thêm hoặc bớt dòng (phải có {limit} dòng)",
        "{label}: rows cannot be added or removed here ({limit} are expected)",
    ),
    "read-only": ("{label}: không được sửa", "{label}: may not be changed"),
    "control-character": (
        "{label}: có ký tự điều khiển không hợp lệ",
        "{label}: holds a control character",
    ),
    "file": (
        "{label}: không phải là mã tài liệu",
        "{label}: is not the key of a document",
    ),
    "too-deep": ("Dữ liệu lồng nhau quá sâu", "The answers are nested too deeply"),
    "not-an-object": (
        "Câu trả lời phải là một đối tượng gồm tên trường và giá trị",
        "The answers must be an object of field names and values",
    ),
    "not-json": ("{label}: không phải là giá trị JSON", "{label}: is no JSON value"),
    "bad-name": (
        "Tên trường không phải là văn bản hợp lệ",
        "A field name is no valid text",
    ),
    "form-expression": (
        "{label}: biểu thức của biểu mẫu không tính được; hãy báo người soạn quy trình",
        "{label}: an expression of the form cannot be evaluated; tell its author",
    ),
    "form-unstable": (
        "Điều kiện của biểu mẫu phụ thuộc vòng tròn; hãy báo người soạn quy trình",
        "The form's conditions depend on each other in a circle; tell its author",
    ),
}

TYPES: dict[str, tuple[str, str]] = {
    "string": ("văn bản", "text"),
    "number": ("số", "a number"),
    "integer": ("số nguyên", "a whole number"),
    "boolean": ("đúng hoặc sai (true/false)", "true or false"),
    "array": ("một danh sách", "a list"),
    "object": ("một nhóm trường", "a group of fields"),
    "numeric": ('số viết dạng văn bản, ví dụ "12.5"', 'a number as text, such as "12.5"'),
}


def label_of(component: Component | None, path: Path) -> str:
    """What a person calls the field: its label, else its key."""
    if component is not None and component.label:
        label = component.label.strip()
        if not label.startswith("=") and "{{" not in label:
            return label
    names = [step for step in path if isinstance(step, str)]
    return names[-1] if names else "biểu mẫu"


def fault(
    code: str,
    path: Path,
    component: Component | None = None,
    limit: object = "",
    *,
    said: str | None = None,
) -> FormFault:
    """The fault at ``path``; ``said`` is the author's own sentence (Vietnamese) for it."""
    label = label_of(component, path)
    vi_limit, en_limit = TYPES.get(str(limit), (str(limit), str(limit)))
    vi, en = SENTENCES[code]
    texts = {
        "vi": f"{label}: {said}" if said else vi.format(label=label, limit=vi_limit),
        "en": en.format(label=label, limit=en_limit),
    }
    return FormFault(pointer=pointer(path), code=code, sentence=texts["vi"], texts=texts)
