"""Every call the official SDK can make is either served or answered 501; none is a 404."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import camunda_orchestration_sdk.api as sdk
import pytest
from flask import Flask
from werkzeug.routing import Map

from api import create_app
from engine.settings import Settings

SERVED_ELSEWHERE = "/cluster/"


def _calls() -> Iterator[tuple[str, str, str]]:
    for module in pkgutil.walk_packages(sdk.__path__, sdk.__name__ + "."):
        loaded = importlib.import_module(module.name)
        build = getattr(loaded, "_get_kwargs", None)
        if build is None:
            continue
        source = inspect.getsource(build)
        method = re.search(r'"method": "([a-z]+)"', source)
        url = re.search(r'"url": "([^"]+)"', source)
        if method and url:
            yield module.name.rsplit(".", 1)[1], method[1].upper(), url[1]


CALLS = sorted(call for call in _calls() if not call[2].startswith(SERVED_ELSEWHERE))


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(None, Settings())  # type: ignore[arg-type] # routing needs no engine


def _match(rules: Map, method: str, url: str) -> str:
    path = "/v2" + re.sub(r"\{[^}]+\}", "1", url)
    endpoint, _ = rules.bind("localhost").match(path, method=method)
    return str(endpoint)


def test_the_sdk_has_calls() -> None:
    assert len(CALLS) > 200


@pytest.mark.parametrize(("name", "method", "url"), CALLS, ids=[call[0] for call in CALLS])
def test_a_call_finds_a_route(app: Flask, name: str, method: str, url: str) -> None:
    assert _match(app.url_map, method, url)


def test_the_supported_areas_are_really_served(app: Flask) -> None:
    """What issue 2 names is not in the table of refusals."""
    served = {
        name for name, method, url in CALLS if "unsupported" not in _match(app.url_map, method, url)
    }

    assert served >= {
        "get_topology", "get_status", "get_license", "get_authentication", "create_deployment",
        "search_process_definitions", "get_process_definition", "get_process_definition_xml",
        "get_start_process_form", "create_process_instance", "get_process_instance",
        "search_process_instances", "cancel_process_instance", "search_process_instance_incidents",
        "get_process_instance_sequence_flows", "get_process_instance_call_hierarchy",
        "search_element_instances", "get_element_instance", "create_element_instance_variables",
        "search_user_tasks", "get_user_task", "get_user_task_form", "search_user_task_variables",
        "search_user_task_effective_variables", "assign_user_task", "unassign_user_task",
        "update_user_task", "complete_user_task", "search_variables", "get_variable",
        "search_incidents", "get_incident", "resolve_incident", "publish_message",
        "correlate_message", "broadcast_signal", "activate_jobs", "complete_job", "fail_job",
        "throw_job_error", "update_job", "search_jobs", "pin_clock", "reset_clock", "create_user",
        "search_users", "get_user", "update_user", "search_message_subscriptions",
        "migrate_process_instance", "modify_process_instance",
        "suspend_process_instance", "resume_process_instance",
        "get_resource", "get_resource_content", "get_form_by_key",
    }  # fmt: skip
