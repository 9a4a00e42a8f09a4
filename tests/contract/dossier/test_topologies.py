"""One city centre with branches, or a centre per commune: the same diagram runs in both."""

from __future__ import annotations

import pytest

from engine.commands.complete_task import CompleteTask
from engine.dispatch import CommandEngine
from engine.domain.actors import Actor
from engine.domain.dossier import PersonRecord
from engine.errors import Conflict, Forbidden
from engine.ports.views import Condition, Query
from engine.testing import TESTER
from tests.contract.dossier.counter import HOME, RECEPTION, Counter, clerk

BRANCH = "rp-01-chi-nhanh-1"
# Staff of the city's centre work at a counter that lies in a ward.
CITY = Actor(
    name="chi-nhanh-1",
    roles=frozenset({"clerk"}),
    groups=("reception@ubnd-01",),
    unit_id="01/",
)


@pytest.mark.parametrize(
    ("by", "at", "residence", "point", "receiving"),
    [
        (CITY, BRANCH, "00004", BRANCH, "01/"),
        (RECEPTION, HOME, "20200", f"rp-{HOME}", f"48/{HOME}/"),
    ],
    ids=["city", "communes"],
)
def test_same_diagram_in_both_topologies(
    counter: Counter,
    engine: CommandEngine,
    by: Actor,
    at: str,
    residence: str,
    point: str,
    receiving: str,
) -> None:
    someone = PersonRecord(name="Người Dân", id_number=f"0481900{residence}")

    made = counter.receive(by, "9.000001", at, someone, {"residence": residence})

    asked = Query(where=(Condition(field="key", op="eq", value=made["key"]),))
    (dossier,) = engine.views.search("dossier", TESTER, asked).items
    assert made["competent_agency"] == f"ubnd-{residence}"
    assert (dossier["reception_point"], dossier["receiving_unit"]) == (point, receiving)
    wanted = Query(where=(Condition(field="root_key", op="eq", value=made["key"]),))
    (task,) = engine.views.search("user_task", TESTER, wanted).items
    engine.execute(CompleteTask(key=int(str(task["key"]))), TESTER)


def test_branch_receives_excluded_dossiers_of_the_wards_it_serves_only(
    counter: Counter, engine: CommandEngine
) -> None:
    someone = PersonRecord(name="Chủ đất", id_number="001190000001")
    made = counter.receive(CITY, "9.000003", BRANCH, someone, {"place": "00073"})

    assert made["competent_agency"] == "ubnd-00073"
    with pytest.raises(Conflict) as refused:
        counter.receive(CITY, "9.000003", BRANCH, someone, {"place": "00004"})
    assert refused.value.reason == "excluded-land"


def test_ward_staff_do_not_receive_at_the_citys_counter(counter: Counter) -> None:
    someone = PersonRecord(name="Người Khác", id_number="001190000002")

    with pytest.raises(Forbidden):
        counter.receive(
            clerk("00070", "01", "reception"), "9.000001", BRANCH, someone, {"residence": "00070"}
        )
