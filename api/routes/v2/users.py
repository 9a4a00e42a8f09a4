"""Accounts as users; roles and groups are extensions of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import answer
from api.calls import run, search
from api.door import Door
from api.queries import query_of, show_page
from api.schemas.nouns.user import USER, User, UserPage, UserSearch
from api.schemas.requests.accounts import UserChange, UserCreation
from engine.commands.manage_accounts import ChangeAccount, CreateAccount
from engine.errors import NotFound
from engine.ports.views import Condition, Query

door = Door("Users", __name__, url_prefix="/v2/users")


def _show(row: Mapping[str, Any]) -> dict[str, Any]:
    return USER.present(row) | {
        "roles": sorted(row["roles"]),
        "groups": list(row["groups"]),
        "unitId": row["unit_id"],
        "disabled": bool(row["disabled"]),
    }


def _user(username: str) -> dict[str, Any]:
    where = (Condition(field="name", op="eq", value=username),)
    rows = search("account", Query(where=where, limit=1)).items
    if not rows:
        raise NotFound("There is no such user.")
    return _show(rows[0])


@door.operation(
    "POST", "", body=UserCreation, answers={201: User}, fails=(409,), sends=CreateAccount
)
def create_user(body: Mapping[str, Any]) -> Response:
    """Create an account that logs in with a password."""
    run(
        CreateAccount(
            name=body["username"],
            password=body["password"],
            display_name=body.get("name", ""),
            roles=frozenset(body.get("roles", ())),
            groups=tuple(body.get("groups", ())),
            unit_id=body.get("unitId", ""),
        )
    )
    return answer(_user(body["username"]), 201)


@door.operation(
    "POST", "/search", body=UserSearch, optional=True, answers={200: UserPage}, reads="account"
)
def search_users(body: Mapping[str, Any]) -> Response:
    """Search accounts."""
    page = search("account", query_of(USER, body))
    return answer(show_page(page, [_show(row) for row in page.items]))


@door.operation("GET", "/<username>", answers={200: User}, fails=(404,), reads="account")
def get_user(username: str) -> Response:
    """One account."""
    return answer(_user(username))


@door.operation(
    "PUT", "/<username>", body=UserChange, answers={200: User}, fails=(404,), sends=ChangeAccount
)
def update_user(username: str, body: Mapping[str, Any]) -> Response:
    """Change an account; what is left out stays."""
    roles, groups = body.get("roles"), body.get("groups")
    run(
        ChangeAccount(
            name=username,
            password=body.get("password"),
            display_name=body.get("name"),
            roles=frozenset(roles) if roles is not None else None,
            groups=tuple(groups) if groups is not None else None,
            unit_id=body.get("unitId"),
            disabled=body.get("disabled"),
        )
    )
    return answer(_user(username))
