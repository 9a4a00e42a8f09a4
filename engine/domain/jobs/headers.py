"""Task headers as a handler reads them: plain text, or FEEL behind ``=``.

FEEL sees what the element sees. Plain text may name secrets, ``{{secrets.NAME}}``;
computed text never does, so no form field can fetch one. A header that cannot
be used raises ``HeaderUnfit``, which names the header and never a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.domain.jobs.outcomes import Work
from engine.errors import MotcuaError
from engine.feel import Environment, FeelError, compile_expression, from_json, to_json
from engine.settings import Secret

_SECRET = re.compile(r"\{\{\s*secrets\.([A-Za-z0-9_]+)\s*\}\}")


class HeaderUnfit(MotcuaError):
    """A header is missing or has no usable value: the model must be mended."""

    code = "header-unfit"


class Headers:
    """The headers of one job; ``used_secrets`` is true once one was filled in."""

    def __init__(
        self,
        work: Work,
        zone: ZoneInfo,
        secrets: Mapping[str, Secret] | None = None,
        host: str = "",
    ) -> None:
        self._work = work
        self._secrets = secrets or {}
        self._host = host
        self._env = Environment(now=lambda: work.now, zone=zone)
        self._values = {name: from_json(value) for name, value in work.variables.items()}
        self.used_secrets = False

    def names(self, prefix: str) -> list[str]:
        """Headers that begin with this, in the model's order."""
        return [name for name in self._work.headers if name.startswith(prefix)]

    def value(self, name: str, more: Mapping[str, object] | None = None) -> object:
        """JSON-like value of a header, None without it; ``more`` are names beside the variables."""
        text = self._work.headers.get(name, "").strip()
        if not text:
            return None
        if not text.startswith("="):
            return self._filled(name, text)
        return self.feel(name, more)

    def feel(self, name: str, more: Mapping[str, object] | None = None) -> object:
        """The header as FEEL, with or without ``=``; None without it."""
        text = self._work.headers.get(name, "").strip().removeprefix("=").strip()
        if not text:
            return None
        seen = self._values | {each: from_json(value) for each, value in (more or {}).items()}
        try:
            return to_json(compile_expression(text).evaluate(seen, self._env))
        except FeelError as error:
            raise HeaderUnfit(f"The header '{name}' has no value: {error}") from None

    def text(self, name: str, default: str | None = None) -> str:
        """A text; a number is written out. Without a default the header is needed."""
        found = self.value(name)
        if found is None or found == "":
            if default is None:
                raise HeaderUnfit(f"The header '{name}' is missing or null.")
            return default
        if isinstance(found, str):
            return found
        if isinstance(found, Decimal):
            return format(found, "f")
        raise HeaderUnfit(f"The header '{name}' must be a text.")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, or one text with commas."""
        found = self.value(name)
        if found is None:
            return ()
        if isinstance(found, str):
            return tuple(part.strip() for part in found.split(",") if part.strip())
        if isinstance(found, list) and all(isinstance(part, str) for part in found):
            return tuple(found)
        raise HeaderUnfit(f"The header '{name}' must be a text or a list of texts.")

    def whole(self, name: str, default: int, most: int) -> int:
        """A whole number from 0 to ``most``."""
        found = self.text(name, str(default))
        if not (found.isascii() and found.isdigit()) or int(found) > most:
            raise HeaderUnfit(f"The header '{name}' must be a whole number from 0 to {most}.")
        return int(found)

    def _filled(self, name: str, text: str) -> str:
        def fill(match: re.Match[str]) -> str:
            secret = self._secrets.get(match[1])
            if secret is None:
                raise HeaderUnfit(f"The header '{name}' names the unknown secret '{match[1]}'.")
            if self._host not in secret.hosts:
                raise HeaderUnfit(
                    f"The header '{name}': the secret '{match[1]}' is not meant for this host."
                )
            self.used_secrets = True
            return secret.value

        return _SECRET.sub(fill, text)
