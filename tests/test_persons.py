"""Persons: which limits shut each other out, and which let one and the same person through."""

from __future__ import annotations

import pytest

from interagency.persons import ALSO, RESPECTS, Persons, let_through, respect_of
from interagency.vocabulary import Group

LIMITS = [(group,) for group in Group]


@pytest.mark.parametrize(
    ("one", "other", "anyone"),
    [
        ("women", "men", False),
        ("children", "women", False),
        ("forced_labour", "sexual_exploitation", False),
        ("nationals", "foreign_nationals", False),
        ("girls", "children", True),
        ("children", "girls", True),
        ("fishing", "forced_labour", True),
        ("asylum_seekers", "foreign_nationals", True),
        ("internal_cases", "nationals", True),
        ("women", "forced_labour", True),
        ("children", "foreign_nationals", True),
        ("families", "men", True),
        ("detained", "children", True),
        ("disabilities", "women", True),
    ],
)
def test_whether_two_limits_leave_anyone(one: str, other: str, anyone: bool) -> None:
    persons = Persons([(Group(one),), (Group(other),)])
    both = persons.passing((Group(one),)) & persons.passing((Group(other),))
    assert bool(both) is anyone


def test_a_limit_to_several_groups_lets_through_whoever_is_in_one_of_them() -> None:
    persons = Persons([(Group.WOMEN, Group.CHILDREN), (Group.MEN,)])
    either = persons.passing((Group.WOMEN, Group.CHILDREN))
    assert either & persons.passing((Group.CHILDREN,))
    assert not either & persons.passing((Group.MEN,))


def test_where_nothing_is_limited_there_is_one_kind_of_person() -> None:
    assert (Persons([(), ()]).everyone, Persons([]).passing(())) == (1, 1)


def test_who_is_none_of_those_named_passes_no_limit() -> None:
    persons = Persons([(Group.WOMEN,), (Group.MEN,)])
    assert persons.everyone & ~persons.passing((Group.WOMEN,)) & ~persons.passing((Group.MEN,))


def test_kinds_of_person_are_told_by_what_they_share() -> None:
    persons = Persons(LIMITS)
    girls_at_work = persons.passing((Group.GIRLS,)) & persons.passing((Group.FORCED_LABOUR,))
    assert persons.told(persons.passing((Group.GIRLS,))) == (Group.GIRLS,)
    assert persons.told(girls_at_work & persons.passing((Group.FISHING,))) == (
        Group.GIRLS,
        Group.FISHING,
    )
    assert persons.told(persons.everyone) == persons.told(0) == ()


def test_wider_groups_are_of_the_same_respect() -> None:
    assert all(respect_of(wide) == respect_of(g) for g, wider in ALSO.items() for wide in wider)
    assert sum(map(len, RESPECTS)) == len(frozenset().union(*RESPECTS))


def test_nobody_is_left_where_the_groups_named_are_all_there_are() -> None:
    for named in [
        (Group.ADULTS, Group.CHILDREN),
        (Group.WOMEN, Group.MEN, Group.CHILDREN),
        (Group.WOMEN, Group.MEN, Group.GIRLS, Group.BOYS),
        (Group.NATIONALS, Group.FOREIGN_NATIONALS),
    ]:
        assert Persons([named]).everyone == Persons([named]).passing(named)
        assert Persons([named[1:]]).everyone != Persons([named[1:]]).passing(named[1:])


def test_what_women_and_men_share_is_that_they_are_adults() -> None:
    persons = Persons([(Group.WOMEN,), (Group.MEN,), (Group.CHILDREN,)])
    assert persons.told(persons.passing((Group.WOMEN, Group.MEN))) == (Group.ADULTS,)


@pytest.mark.parametrize(
    ("persons", "limit", "through"),
    [
        ("men", "foreign_nationals", True),
        ("men", "women children", False),
        ("men", "women families", True),
        ("forced_labour", "adults nationals", True),
        ("forced_labour", "sexual_exploitation", False),
        ("forced_labour", "fishing", True),
        ("nationals", "foreign_nationals detained", False),
        ("nationals", "nationals_abroad", True),
        ("detained", "women", True),
        ("men foreign_nationals", "women nationals", False),
        ("children foreign_nationals", "adults foreign_nationals", True),
        ("men nationals", "women detained", False),
    ],
)
def test_whom_a_limit_lets_through(persons: str, limit: str, through: bool) -> None:
    groups, words = (tuple(map(Group, text.split())) for text in (persons, limit))
    assert let_through(groups, words) is through
    assert let_through(groups, ())
