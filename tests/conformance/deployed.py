"""What driver 1 has deployed: definitions by process id, start events, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.dmn import load
from engine.domain.ids import DefinitionRef, Key
from engine.errors import DeployRefused, NotFound
from engine.feel import Environment
from engine.ports.runtime import Compiled, DecisionOutcome, Finding, Runtime, StartInfo
from tests.conformance.driver import Refused

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Deployed:
    """Files of one deployment."""

    def __init__(self) -> None:
        self.definitions: dict[str, DefinitionRef] = {}
        self.sources: dict[Key, bytes] = {}
        self.starts: list[tuple[DefinitionRef, StartInfo]] = []
        self._decisions: dict[str, bytes] = {}

    def add(
        self, files: Mapping[str, bytes], runtime: Runtime, next_key: Callable[[], Key]
    ) -> list[str]:
        """Compile and keep; the rules of the warnings."""
        self._decisions = {name: text for name, text in files.items() if name.endswith(".dmn")}
        models = {name: text for name, text in files.items() if name.endswith(".bpmn")}
        compiled = {name: _compile(runtime, text, name) for name, text in models.items()}
        deployment = next_key()
        for name, model in compiled.items():
            for info in model.processes:
                ref = DefinitionRef(
                    key=next_key(),
                    process_id=info.process_id,
                    version=1,
                    version_tag=info.version_tag,
                    deployment_key=deployment,
                )
                self.sources[ref.key] = files[name]
                self.definitions[info.process_id] = ref
                self.starts += [(ref, start) for start in info.starts if start.kind != "none"]
        return [item.rule for model in compiled.values() for item in model.warnings]

    def decide(
        self, decision_id: str, context: Mapping[str, object], now: datetime
    ) -> DecisionOutcome:
        """The decision's value, from whichever file holds it."""
        env = Environment(now=lambda: now, zone=ZONE)
        for name, source in self._decisions.items():
            try:
                return DecisionOutcome(
                    value=load(source, name).evaluate(decision_id, context, env).value
                )
            except NotFound:
                continue
        return DecisionOutcome(failure=f"no decision {decision_id} is deployed")


def _compile(runtime: Runtime, source: bytes, name: str) -> Compiled:
    try:
        return runtime.compile(source, name)
    except DeployRefused as refusal:
        findings = [item for item in refusal.findings if isinstance(item, Finding)]
        errors = [(item.rule, item.element_id) for item in findings if item.severity == "error"]
        raise Refused(errors) from None
