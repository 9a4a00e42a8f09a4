"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """Time as the operating system tells it, in whole milliseconds."""

    def now(self) -> datetime:
        """The instant, aware, UTC."""
        at = datetime.now(UTC)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)
