"""Functions that look into lists and build new ones."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import to_int
from engine.feel.errors import NoValue
from engine.feel.evaluation import Evaluation
from engine.feel.operators.equality import feel_equal
from engine.feel.operators.ordering import sign_of
from engine.feel.values.functions import FeelFunction

Items = list[object]


@builtin("list contains(list: list, element: any?)", wants_evaluation=True)
def list_contains(run: Evaluation, items: Items, element: object) -> bool:
    """Whether an item equals the element."""
    return any(feel_equal(item, element, run.spend) is True for item in items)


@builtin("count(list: list)")
def count(items: Items) -> Decimal:
    """Number of items."""
    return Decimal(len(items))


def _extreme(name: str, items: Items, wanted: int) -> object:
    if not items:
        raise NoValue(f"{name}: the list is empty", "list")
    best = items[0]
    for item in items:
        sign = sign_of(item, best)
        if sign is None:
            raise NoValue(f"{name}: the items cannot be compared", "list")
        if sign == wanted:
            best = item
    return best


@builtin("min(list: list...)")
def min_(items: Items) -> object:
    """The smallest item."""
    return _extreme("min", items, -1)


@builtin("max(list: list...)")
def max_(items: Items) -> object:
    """The largest item."""
    return _extreme("max", items, 1)


@builtin("all(list: list...)")
def all_(items: Items) -> bool | None:
    """True when every item is true, false when one is false."""
    return _junction(items, False)


@builtin("any(list: list...)")
def any_(items: Items) -> bool | None:
    """True when one item is true, false when every item is false."""
    return _junction(items, True)


def _junction(items: Items, decisive: bool) -> bool | None:
    if decisive in [item for item in items if isinstance(item, bool)]:
        return decisive
    if not all(isinstance(item, bool) for item in items):
        raise NoValue("an item of the list is no boolean", "list")
    return not decisive


@builtin("sublist(list: list, start position: number, length: number?)")
def sublist(items: Items, start: Decimal, length: Decimal | None) -> Items:
    """Part of a list; positions count from 1, negative ones from the end."""
    begin = _index(items, start, "sublist")
    if length is None:
        return items[begin:]
    size = to_int(length)
    if size < 1 or begin + size > len(items):
        raise NoValue("sublist: the list has not so many items there", "list")
    return items[begin : begin + size]


def _index(items: Items, position: Decimal, name: str) -> int:
    number = to_int(position)
    if number == 0 or abs(number) > len(items):
        raise NoValue(f"{name}: a list of {len(items)} items has no position {number}", "index")
    return number - 1 if number > 0 else len(items) + number


@builtin("append(list: list, item: any*)")
def append(items: Items, added: Items) -> Items:
    """The list with more items at its end."""
    return [*items, *added]


@builtin("concatenate(list: list*)", wants_evaluation=True)
def concatenate(run: Evaluation, lists: Items) -> Items:
    """Lists one after the other; nulls and single values count as lists of one."""
    return _joined(run, lists)


def _joined(run: Evaluation, lists: Items) -> Items:
    result: Items = []
    for items in lists:
        result.extend(items if isinstance(items, list) else [items])
        run.sized(len(result))
    return result


@builtin("insert before(list: list, position: number, newItem: any?)")
def insert_before(items: Items, position: Decimal, new: object) -> Items:
    """The list with an item put before a position."""
    index = _index(items, position, "insert before")
    return [*items[:index], new, *items[index:]]


@builtin("remove(list: list, position: number)")
def remove(items: Items, position: Decimal) -> Items:
    """The list without the item at a position."""
    index = _index(items, position, "remove")
    return [*items[:index], *items[index + 1 :]]


@builtin("list replace(list: list, position: number, newItem: any?)")
def list_replace(items: Items, position: Decimal, new: object) -> Items:
    """The list with the item at a position replaced."""
    index = _index(items, position, "list replace")
    return [*items[:index], new, *items[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any?)", wants_evaluation=True)
def list_replace_matching(run: Evaluation, items: Items, match: FeelFunction, new: object) -> Items:
    """The list with every item replaced for which ``match(item, newItem)`` is true."""
    result: Items = []
    for item in items:
        verdict = match.call(run, [item, new])
        if not isinstance(verdict, bool):
            raise NoValue("list replace: the function must answer true or false", "call")
        result.append(new if verdict else item)
    return result


@builtin("reverse(list: list)")
def reverse(items: Items) -> Items:
    """The list from its end."""
    return items[::-1]


@builtin("index of(list: list, match: any?)", wants_evaluation=True)
def index_of(run: Evaluation, items: Items, match: object) -> Items:
    """Positions of all items that equal the match."""
    found: Items = []
    for position, item in enumerate(items, 1):
        if feel_equal(item, match, run.spend) is True:
            found.append(Decimal(position))
    return found


@builtin("union(list: list*)", wants_evaluation=True)
def union(run: Evaluation, lists: Items) -> Items:
    """Lists one after the other, each value once."""
    return _distinct(run, _joined(run, lists))


@builtin("distinct values(list: list)", wants_evaluation=True)
def distinct_values(run: Evaluation, items: Items) -> Items:
    """Each value once, in the order of first occurrence."""
    return _distinct(run, items)


def _distinct(run: Evaluation, items: Items) -> Items:
    """Numbers and texts are found by hash, other values by comparing with all before."""
    seen: set[object] = set()
    others: Items = []
    result: Items = []
    for item in items:
        if isinstance(item, Decimal | str) and not isinstance(item, bool):
            if item in seen:
                continue
            seen.add(item)
        else:
            run.spend(len(others))
            if any(feel_equal(item, other, run.spend) is True for other in others):
                continue
            others.append(item)
        result.append(item)
    return result


@builtin("flatten(list: list)", wants_evaluation=True)
def flatten(run: Evaluation, items: Items) -> Items:
    """All items of all lists inside, in one list."""
    result: Items = []
    stack = [iter(items)]
    while stack:
        for item in stack[-1]:
            run.spend(1)
            if isinstance(item, list):
                stack.append(iter(item))
                break
            result.append(item)
        else:
            stack.pop()
    return result


@builtin("sort(list: list)", wants_evaluation=True)
def sort_naturally(run: Evaluation, items: Items) -> Items:
    """The list in natural order (extension)."""

    def compare_items(one: object, other: object) -> int:
        sign = sign_of(one, other)
        if sign is None:
            raise NoValue("sort: the items cannot be compared", "list")
        return sign

    run.spend(len(items) * 16)
    return sorted(items, key=cmp_to_key(compare_items))


@builtin("sort(list: list, precedes: function)", wants_evaluation=True)
def sort(run: Evaluation, items: Items, precedes: FeelFunction) -> Items:
    """The list ordered by a function that says whether one item stands before another."""

    def compare_items(one: object, other: object) -> int:
        if _precedes(run, precedes, one, other):
            return -1
        return 1 if _precedes(run, precedes, other, one) else 0

    return sorted(items, key=cmp_to_key(compare_items))


def _precedes(run: Evaluation, precedes: FeelFunction, one: object, other: object) -> bool:
    verdict = precedes.call(run, [one, other])
    if not isinstance(verdict, bool):
        raise NoValue("sort: the function must answer true or false", "call")
    return verdict
