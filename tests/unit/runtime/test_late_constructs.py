"""Ad hoc sub-process, complex gateway, starts by event, start at an element, quantities."""

from __future__ import annotations

import pytest

from engine.errors import Conflict, InvalidInput
from tests.unit.runtime.models import (
    ERROR,
    MESSAGE,
    ROOTS,
    SIGNAL,
    boundary,
    catch,
    condition,
    end,
    event_sub,
    start,
    sub,
    tasks,
    throw,
)
from tests.unit.runtime.world import Driver, chain, flow, process


def run(body: str, variables: dict[str, object] | None = None, **kwargs: object) -> Driver:
    return Driver(process(body, extra=ROOTS), variables, **kwargs)  # type: ignore[arg-type]


def ad_hoc(attributes: str = "", condition: str = "", active: str = "", inner: str = "") -> str:
    asked = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    extra = (
        f'<extensionElements><zeebe:adHoc activeElementsCollection="{active}"/></extensionElements>'
        if active
        else ""
    )
    body = inner or tasks("a", "b", "c") + chain("c", "d") + tasks("d")
    return (
        start()
        + f'<adHocSubProcess id="u" {attributes}>{extra}{asked}{body}</adHocSubProcess>'
        + tasks("z")
        + chain("s", "u", "z")
    )


def finish(driver: Driver, *names: str) -> list[str]:
    for name in names:
        driver.complete(name)
    return driver.open()


def test_ad_hoc_runs_everything_in_any_order() -> None:
    driver = run(ad_hoc())
    assert driver.open() == ["a", "b", "c"]
    assert finish(driver, "c", "a", "d") == ["b"]
    assert finish(driver, "b") == ["z"]


def test_ad_hoc_sequential() -> None:
    driver = run(ad_hoc('ordering="Sequential"', inner=tasks("a", "b")))
    assert driver.open() == ["a"]
    assert finish(driver, "a") == ["b"]
    assert finish(driver, "b") == ["z"]


def test_ad_hoc_completion_cancels_the_rest_or_waits_for_it() -> None:
    driver = run(ad_hoc(condition="enough"), {"enough": False})
    assert finish(driver, "a") == ["b", "c"]
    driver.complete("b", enough=True)
    assert driver.open() == ["z"]

    patient = run(ad_hoc('cancelRemainingInstances="false"', condition="enough"), {"enough": True})
    assert finish(patient, "a") == ["b", "c"]
    assert finish(patient, "b", "c") == ["z"]


def test_ad_hoc_stays_open_until_its_condition_holds() -> None:
    driver = run(ad_hoc(condition="enough", inner=tasks("a", "b")), {"enough": False})
    assert finish(driver, "a", "b") == []
    key = next(e.key for e in driver.events if getattr(e, "element_id", "") == "u")
    driver._run(lambda p: p.activate(key, {"a": {"n": 1}}))
    assert driver.open() == ["a"]
    assert finish(driver, "a") == []
    driver.set(enough=True)
    assert driver.open() == ["z"]
    with pytest.raises(Conflict):
        driver._run(lambda p: p.activate(key, {"a": {}}))


def test_ad_hoc_starts_what_the_collection_names() -> None:
    assert run(ad_hoc(active="=[&quot;b&quot;]")).open() == ["b"]
    driver = run(ad_hoc(active="=names"), {"names": ["d"]})
    assert [i.error_type for i in driver.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    driver.set(names=["a", "c"])
    driver.retry("u")
    assert driver.open() == ["a", "c"]


def complex_join(condition: str) -> str:
    asked = f"<activationCondition>{condition}</activationCondition>" if condition else ""
    return (
        start()
        + '<parallelGateway id="f"/>'
        + tasks("a", "b", "c", "z")
        + f'<complexGateway id="g">{asked}</complexGateway>'
        + chain("s", "f", "a", "g", "z")
        + chain("f", "b", "g")
        + chain("f", "c", "g")
    )


@pytest.mark.parametrize(
    ("condition", "needed"), [("activationCount &gt;= 2", 2), ("activationCount = 1", 1), ("", 3)]
)
def test_complex_gateway_m_of_n(condition: str, needed: int) -> None:
    driver = run(complex_join(condition))
    for count, name in enumerate("abc", start=1):
        driver.complete(name)
        opened = driver.open()
        assert opened.count("z") == (1 if count >= needed else 0)
    driver.complete("z")
    assert driver.finished


def test_complex_gateway_starts_afresh_in_a_loop() -> None:
    body = complex_join("activationCount = 2").replace('<userTask id="z"/>', "")
    body = body.replace(chain("s", "f"), '<exclusiveGateway id="m"/>' + chain("s", "m", "f"))
    body += (
        '<userTask id="z"/><exclusiveGateway id="x" default="x_m"/>'
        + chain("z", "x")
        + flow("x", "m")
        + flow("x", "e", "stop")
        + end()
    )
    driver = run(body)
    for _ in range(3):
        assert finish(driver, "a", "b", "c") == ["z"]
        driver.complete("z", stop=False)
    assert driver.open() == ["a", "b", "c"]


def test_complex_gateway_condition_fault_is_repaired() -> None:
    driver = run(complex_join("activationCount &gt;= n"))
    driver.complete("a")
    assert [i.element_id for i in driver.incidents.values()] == ["g"]
    driver.set(n=2)
    driver.retry("g")
    assert driver.open() == ["b", "c"]
    assert finish(driver, "b") == ["c", "z"]


def test_instantiating_receive_task_and_event_gateway() -> None:
    body = '<receiveTask id="r" messageRef="m" instantiate="true"/>' + tasks("z") + chain("r", "z")
    with pytest.raises(Conflict):
        run(body)
    driver = run(body, {"x": 1}, start_event="r")
    assert driver.open() == ["z"]
    assert driver.value("x") == 1

    gateway = (
        '<eventBasedGateway id="g" instantiate="true"/>'
        + catch("c1", MESSAGE)
        + catch("c2", '<messageEventDefinition messageRef="m2"/>')
        + tasks("a", "b")
        + chain("g", "c1", "a")
        + chain("g", "c2", "b")
    )
    assert run(gateway, start_event="c2").open() == ["b"]


def test_message_start_with_output_mapping() -> None:
    mapping = (
        '<extensionElements><zeebe:ioMapping><zeebe:output source="=a + 1" target="b"/>'
        "</zeebe:ioMapping></extensionElements>"
    )
    body = start("s", mapping + MESSAGE) + tasks("z") + chain("s", "z")
    driver = run(body, {"a": 1}, start_event="s")
    assert driver.names() == {"b"}
    assert driver.value("b") == 2


def test_start_at_elements_even_inside_a_sub_process() -> None:
    inner = start("us") + tasks("i", "k") + chain("us", "i", "k")
    body = start() + tasks("a") + sub("u", inner) + tasks("z") + chain("s", "a", "u", "z")
    driver = run(body, start_elements=("k", "z"))
    assert driver.open() == ["k", "z"]
    driver.complete("k")
    assert driver.open() == ["z", "z"]
    with pytest.raises(InvalidInput):
        run(body, start_elements=("nope",))


def test_start_and_completion_quantity() -> None:
    body = (
        start()
        + '<parallelGateway id="f"/><exclusiveGateway id="m"/>'
        + tasks("a", "b")
        + '<userTask id="t" startQuantity="2" completionQuantity="3"/>'
        + tasks("z")
        + chain("s", "f", "a", "m", "t", "z")
        + chain("f", "b", "m")
    )
    driver = run(body)
    assert finish(driver, "a") == ["b"]
    assert finish(driver, "b") == ["t"]
    assert finish(driver, "t") == ["z", "z", "z"]


@pytest.mark.parametrize(("behavior", "handlers"), [("One", 1), ("None", 3), ("All", 0)])
def test_multi_instance_throws_as_it_goes_on(behavior: str, handlers: int) -> None:
    loop = (
        f'<multiInstanceLoopCharacteristics behavior="{behavior}" oneBehaviorEventRef="d"'
        ' noneBehaviorEventRef="d"><loopCardinality>3</loopCardinality>'
        "</multiInstanceLoopCharacteristics>"
    )
    esp = event_sub("esp", start("es", SIGNAL, interrupting=False) + tasks("h") + chain("es", "h"))
    body = start() + f'<userTask id="t">{loop}</userTask>' + tasks("z") + esp + chain("s", "t", "z")
    extra = ROOTS + '<signalEventDefinition id="d" signalRef="sig"/>'
    driver = Driver(process(body, extra=extra))
    for _ in range(3):
        driver.complete("t")
    assert driver.open() == ["h"] * handlers + ["z"]


def test_a_parallel_start_gateway_waits_for_its_other_events() -> None:
    body = (
        '<eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>'
        + catch("c1", MESSAGE)
        + catch("c2", '<messageEventDefinition messageRef="m2"/>')
        + tasks("a", "b")
        + chain("g", "c1", "a")
        + chain("g", "c2", "b")
    )
    driver = run(body, start_event="c2")
    assert driver.open() == ["b"]
    driver.message("M")
    assert driver.open() == ["a", "b"]


def test_codes_names_and_keys_may_be_feel() -> None:
    extra = (
        '<error id="dyn" errorCode="=kind"/><error id="err" errorCode="E1"/>'
        '<message id="m" name="=&quot;to-&quot; + who"/>'
    )
    publish = (
        '<extensionElements><zeebe:publishMessage correlationKey="=who" messageId="=id"'
        ' timeToLive="PT2H"/></extensionElements>'
    )
    inner = (
        start("us")
        + throw("t", publish + MESSAGE)
        + end("ue", '<errorEventDefinition errorRef="dyn"/>')
        + chain("us", "t", "ue")
    )
    body = start() + sub("u", inner) + boundary("b", "u", ERROR) + tasks("c") + chain("s", "u")
    driver = Driver(
        process(body + chain("b", "c"), extra=extra), {"kind": "E1", "who": "an", "id": "i1"}
    )
    assert driver.open() == ["c"]
    (sent,) = driver.outgoing
    assert (sent.name, sent.correlation_key, sent.message_id) == ("to-an", "an", "i1")
    assert sent.ttl_seconds == 7200


def test_a_conditional_start_begins_where_its_condition_holds() -> None:
    body = (
        start("s1", condition("amount &gt; 100"))
        + start("s2", condition("amount &lt;= 100"))
        + tasks("a", "b")
        + chain("s1", "a")
        + chain("s2", "b")
    )
    assert run(body, {"amount": 500}).open() == ["a"]
    assert run(body, {"amount": 5}).open() == ["b"]
    with pytest.raises(Conflict):
        run(body)
    assert run(body + start("s0") + tasks("c") + chain("s0", "c"), {"amount": 5}).open() == ["c"]
