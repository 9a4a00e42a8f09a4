"""Deploy files, and read them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from api.answers import answer
from api.body import WrongContentType
from api.calls import actor, engine, get, key_of, run
from api.door import Door
from api.queries import search_page
from api.schemas.answers import Deployment, Form
from api.schemas.nouns.resource import RESOURCE, Resource, ResourcePage, ResourceSearch
from api.starting import tenant_of
from api.uploads import MULTIPART, show_deployment, uploaded_files
from api.values import show_form
from engine.commands.deploy_resources import DeployResources
from engine.errors import NotFound

door = Door("Deployments", __name__, url_prefix="/v2")
XML, BINARY = "text/xml", "application/octet-stream"


@door.operation(
    "POST",
    "/deployments",
    multipart=MULTIPART,
    answers={200: Deployment},
    sends=DeployResources,
)
def create_deployment() -> Response:
    """Deploy files together: all of them or none."""
    if request.mimetype != "multipart/form-data":
        raise WrongContentType("Send multipart/form-data with the files as parts named resources.")
    files = uploaded_files(request)
    parts = [part for name, content in files for part in (name.encode(), content)]
    command = DeployResources(resources=files, tenant_id=tenant_of(request.form))
    return answer(show_deployment(run(command, *parts).result))


@door.operation(
    "POST",
    "/resources/search",
    body=ResourceSearch,
    optional=True,
    answers={200: ResourcePage},
    reads="process_definition",
)
def search_resources(body: Mapping[str, Any]) -> Response:
    """Search deployed BPMN files, one per process version."""
    return answer(search_page(RESOURCE, body))


@door.operation(
    "GET",
    "/resources/<resource_key>",
    answers={200: Resource},
    fails=(404,),
    reads="process_definition",
)
def get_resource(resource_key: str) -> Response:
    """What a deployed file defines."""
    key = key_of(resource_key, "resourceKey")
    return answer(RESOURCE.present(get("process_definition", key, "resource")))


def _source(resource_key: str) -> bytes:
    source = engine().views.definition_source(actor(), key_of(resource_key, "resourceKey"))
    if source is None:
        raise NotFound("There is no such resource.")
    return source


@door.operation(
    "GET",
    "/resources/<resource_key>/content",
    answers={200: XML},
    fails=(404,),
    reads="process_definition",
)
def get_resource_content(resource_key: str) -> Response:
    """A deployed file as text."""
    return Response(_source(resource_key), content_type=f"{XML}; charset=utf-8")


@door.operation(
    "GET",
    "/resources/<resource_key>/content/binary",
    answers={200: BINARY},
    fails=(404,),
    reads="process_definition",
)
def get_resource_content_binary(resource_key: str) -> Response:
    """A deployed file, byte for byte."""
    return Response(_source(resource_key), content_type=BINARY)


@door.operation(
    "GET", "/forms/<form_key>", answers={200: Form}, fails=(404,), reads="process_definition"
)
def get_form_by_key(form_key: str) -> Response:
    """A deployed form."""
    form = engine().views.form_by_key(actor(), key_of(form_key, "formKey"))
    if form is None:
        raise NotFound("There is no such form.")
    return answer(show_form(form))
