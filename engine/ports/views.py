"""Reading: one search grammar over all nouns, bounded by what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from engine.domain.actors import Actor
from engine.domain.feed.records import FeedPage, FeedQuery
from engine.domain.ids import Key

Operator = Literal["eq", "neq", "exists", "gt", "gte", "lt", "lte", "in", "notIn", "like"]
Noun = Literal[
    "deployment",
    "process_definition",
    "process_instance",
    "element_instance",
    "user_task",
    "job",
    "variable",
    "incident",
    "message_subscription",
    "event",
    "account",
    "decision_definition",
    "decision_requirements",
    "decision_instance",
    "erasure",
    "dossier",
    "dossier_step",
    "duty",
    "receipt",
    "hand_over",
    "reconciliation",
    "webhook",
    "webhook_delivery",
    "document",
    "component",
    "document_access",
    "upload",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """``field`` is the noun's snake_case field; ``like`` uses ``*`` and ``?``."""

    field: str
    op: Operator
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableCondition:
    """A condition on a variable of the row's instance (or task scope); value is JSON text."""

    name: str
    op: Operator
    value: object
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """AND of ``where`` and (OR of ``any_of`` groups); keyset cursors or an offset, never both."""

    where: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    variables: tuple[VariableCondition, ...] = ()
    sort: tuple[tuple[str, Literal["asc", "desc"]], ...] = ()
    limit: int = 100
    offset: int = 0
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows as snake_case mappings; instants are aware datetimes, keys ints."""

    items: tuple[Mapping[str, object], ...]
    total: int
    has_more_total: bool = False
    start_cursor: str | None = None
    end_cursor: str | None = None


class Views(Protocol):
    """Committed rows, read without a lock."""

    def search(self, noun: Noun, actor: Actor, query: Query) -> Page:
        """A page of what the actor may see; ``InvalidInput`` names an unknown field."""

    def get(self, noun: Noun, actor: Actor, key: Key) -> Mapping[str, object] | None:
        """One row the actor may see, or None."""

    def definition_source(self, actor: Actor, definition_key: Key) -> bytes | None:
        """The BPMN file of a definition."""

    def decision_source(self, actor: Actor, requirements_key: Key) -> bytes | None:
        """The DMN file of a decision's requirements."""

    def form(
        self, actor: Actor, form_id: str, binding: str, version_tag: str | None, deployment_key: Key
    ) -> Mapping[str, object] | None:
        """A deployed form: key, form_id, version, version_tag, schema (JSON text), tenant_id."""

    def form_by_key(self, actor: Actor, form_key: Key) -> Mapping[str, object] | None:
        """A deployed form by its key, as ``form``."""

    def task_variables(
        self, actor: Actor, task_key: Key
    ) -> tuple[Mapping[str, object], ...] | None:
        """Variable rows of all scopes a task sees, innermost first; None when unseen."""

    def variables_of_tasks(
        self, actor: Actor, task_keys: Sequence[Key], names: Sequence[str]
    ) -> Mapping[Key, Mapping[str, str]]:
        """Effective JSON texts per task in one statement, so that a list needs no second call."""

    def flows_taken(self, actor: Actor, instance_key: Key) -> tuple[str, ...] | None:
        """Ids of the sequence flows an instance took, in order; None when unseen."""

    def element_statistics(
        self, actor: Actor, instance_key: Key
    ) -> tuple[Mapping[str, object], ...] | None:
        """Per element id: active, completed, canceled and incident counts; None when unseen."""

    def copy_holds(self, copy_key: str) -> bool:
        """Whether an electronic copy was issued here and not revoked; needs no rights."""

    def effective_variables(self, actor: Actor, element_key: Key) -> Mapping[str, str] | None:
        """What a task sees: name -> JSON text, the innermost scope wins."""

    def events_after(self, actor: Actor, query: FeedQuery) -> FeedPage:
        """The next page of the feed; it never passes by an event that is committed late."""

    def procedure_facts(self, actor: Actor, definition_key: Key) -> Mapping[str, object]:
        """The ``procedure.yml`` a definition was deployed with; empty when there is none."""

    def day(
        self, actor: Actor, unit: str, day: date | None, zone: ZoneInfo
    ) -> Mapping[str, object]:
        """A unit's day (``engine.domain.dossier.day``), as far as the actor may see it.

        None is today by business time.
        """
