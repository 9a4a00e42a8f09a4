"""The portal's table, walked at random: nothing forbidden is reached, nothing allowed refused."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from engine.domain.dossier import Axes, advance, may_follow, next_codes, project
from engine.domain.dossier.axes import BUSINESS, DELIVERY, FINANCE
from engine.domain.dossier.portal import CODES, ENDS, STAGES, first_illegal
from engine.errors import Conflict

# The table of the domain text, written down a second time: code, stage it came from, next.
TABLE = {
    (1, 1): {2, 3, 5, 6, 7},
    (2, 2): {4, 5, 6, 7, 8},
    (3, 1): set(),
    (4, 4): {5, 6, 7, 8, 9},
    (5, 1): {1, 3},
    (5, 2): {2, 8},
    (5, 4): {4, 8},
    (6, 1): {1, 2, 8},
    (6, 2): {2, 8},
    (6, 4): {4, 8},
    (6, 9): {9, 10, 8},
    (7, 1): {8},
    (7, 2): {4, 8},
    (7, 4): {4, 8},
    (8, 4): {10},
    (9, 9): {6, 10},
    (10, 9): set(),
}


@pytest.mark.parametrize("place", TABLE, ids=str)
def test_the_table_is_the_published_one(place: tuple[int, int]) -> None:
    assert next_codes(*place) == TABLE[place]


def test_every_combination_of_axes_has_one_code() -> None:
    for stage, business, finance, delivery in product(sorted(STAGES), BUSINESS, FINANCE, DELIVERY):
        axes = Axes(stage=stage, business=business, finance=finance, delivery=delivery)

        assert project(axes) in CODES
        assert project(axes) == 10 or delivery != "delivered"


def test_advance_does_what_the_table_says_on_20000_random_steps() -> None:
    random = Random(20261123)
    walked = 0
    while walked < 20_000:
        axes, seen = Axes(stage=random.choice((1, 2))), []
        while next_codes(project(axes), axes.stage):
            walked += 1
            before, wanted = axes, random.choice(sorted(CODES))
            legal = may_follow(project(before), wanted, before.stage)
            seen.append(project(before))
            if not legal:
                with pytest.raises(Conflict) as refused:
                    advance(before, wanted)
                assert refused.value.reason == "status-illegal"
                continue
            axes = advance(before, wanted)
            assert project(axes) == wanted
        seen.append(project(axes))
        assert first_illegal(seen) is None
        assert project(axes) in ENDS


def test_a_refusal_paper_is_handed_over_and_nothing_follows() -> None:
    refused = advance(advance(Axes(stage=4), 8), 10)

    assert project(refused) == 10
    with pytest.raises(Conflict):
        advance(refused, 4)


def test_payment_leads_back_where_it_came_from() -> None:
    before, within, after = Axes(stage=1), Axes(stage=4), Axes(stage=9)

    assert project(advance(advance(before, 6), 2)) == 2
    assert project(advance(advance(within, 6), 4)) == 4
    assert project(advance(advance(after, 6), 10)) == 10
    with pytest.raises(Conflict):
        advance(advance(within, 6), 9)


@pytest.mark.parametrize(
    ("codes", "position"),
    [
        ((1, 2, 4, 9, 10), None),
        ((1, 6, 2, 4, 5, 4, 9, 6, 10), None),
        ((2, 4, 4, 9), None),
        ((4, 9), 0),
        ((1, 4), 1),
        ((2, 4, 5, 3), 3),
        ((1, 5, 8), 2),
        ((2, 10), 1),
        ((1, 3, 2), 2),
        ((2, 4, 9, 4), 3),
    ],
    ids=str,
)
def test_sequences(codes: tuple[int, ...], position: int | None) -> None:
    assert first_illegal(codes) == position
