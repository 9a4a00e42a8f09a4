"""Support rows of the ``zeebe`` extension elements and of standard assignment."""

from __future__ import annotations

from engine.runtime.lint.support.row import Row, Status


def _row(key: str, vi: str, en: str, status: Status = "runs") -> Row:
    return Row(key=key, family="extensions", vi=vi, en=en, status=status)


ROWS = (
    _row("zeebe-assignment-definition", "Phân công", "zeebe:assignmentDefinition"),
    _row("zeebe-task-schedule", "Hạn xử lý", "zeebe:taskSchedule"),
    _row("zeebe-priority-definition", "Độ ưu tiên", "zeebe:priorityDefinition"),
    _row("zeebe-form-definition", "Biểu mẫu", "zeebe:formDefinition"),
    _row("zeebe-user-task", "Dấu hiệu công việc của người dùng", "zeebe:userTask", "metadata"),
    _row("zeebe-user-task-form", "Biểu mẫu nhúng trong tệp", "zeebe:userTaskForm", "refused"),
    _row("zeebe-task-definition", "Loại việc cho máy", "zeebe:taskDefinition"),
    _row("zeebe-task-headers", "Tiêu đề của việc", "zeebe:taskHeaders"),
    _row("zeebe-io-mapping", "Ánh xạ vào ra", "zeebe:ioMapping"),
    _row("zeebe-called-element", "Quy trình được gọi", "zeebe:calledElement"),
    _row("zeebe-called-decision", "Quyết định được gọi", "zeebe:calledDecision"),
    _row("zeebe-script", "Kịch bản FEEL", "zeebe:script"),
    _row("zeebe-loop-characteristics", "Nhiều lượt", "zeebe:loopCharacteristics"),
    _row("zeebe-subscription", "Khóa đối chiếu thông điệp", "zeebe:subscription"),
    _row("zeebe-publish-message", "Thông điệp gửi đi", "zeebe:publishMessage"),
    _row("zeebe-version-tag", "Nhãn phiên bản", "zeebe:versionTag"),
    _row("zeebe-properties", "Thuộc tính", "zeebe:properties", "metadata"),
    _row("zeebe-execution-listeners", "Bộ nghe thực thi", "zeebe:executionListeners"),
    _row("zeebe-task-listeners", "Bộ nghe công việc", "zeebe:taskListeners"),
    _row("zeebe-ad-hoc", "Cấu hình quy trình con tùy biến", "zeebe:adHoc"),
    _row("zeebe-linked-resources", "Tài nguyên liên kết", "zeebe:linkedResources", "refused"),
    _row(
        "zeebe-conditional-filter", "Lọc biến của điều kiện", "zeebe:conditionalFilter", "refused"
    ),
    _row("zeebe-job-priority-definition", "Độ ưu tiên của việc máy", "zeebe:jobPriorityDefinition"),
    _row("resource-role", "Người thực hiện theo chuẩn BPMN", "potentialOwner, humanPerformer"),
)
