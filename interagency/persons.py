"""Which persons a limit lets through: groups in the respects in which they shut each other out.

A woman is no man, and a national no foreigner; but a woman may be a foreigner, and may have been
exploited at sea. So limits of one respect can shut a way between them, and limits of two cannot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from itertools import product
from operator import or_

from interagency.vocabulary import Function, Group, Sector

_G = Group
AGE_AND_SEX = frozenset({_G.ADULTS, _G.CHILDREN, _G.WOMEN, _G.MEN, _G.GIRLS, _G.BOYS, _G.FAMILIES})
WHERE_FROM = frozenset(
    {
        _G.NATIONALS,
        _G.FOREIGN_NATIONALS,
        _G.ASYLUM_SEEKERS,
        _G.STATELESS,
        _G.IRREGULAR_MIGRANTS,
        _G.NATIONALS_ABROAD,
        _G.INTERNAL_CASES,
    }
)
EXPLOITED_IN = frozenset(
    {
        _G.SEXUAL_EXPLOITATION,
        _G.FORCED_LABOUR,
        _G.DOMESTIC_WORK,
        _G.FISHING,
        _G.FORCED_CRIMINALITY,
    }
)
RESPECTS = (AGE_AND_SEX, WHERE_FROM, EXPLOITED_IN)
ALSO: Mapping[Group, frozenset[Group]] = {
    _G.WOMEN: frozenset({_G.ADULTS}),
    _G.MEN: frozenset({_G.ADULTS}),
    _G.GIRLS: frozenset({_G.CHILDREN}),
    _G.BOYS: frozenset({_G.CHILDREN}),
    _G.NATIONALS_ABROAD: frozenset({_G.NATIONALS}),
    _G.ASYLUM_SEEKERS: frozenset({_G.FOREIGN_NATIONALS}),
    _G.IRREGULAR_MIGRANTS: frozenset({_G.FOREIGN_NATIONALS}),
    _G.STATELESS: frozenset({_G.FOREIGN_NATIONALS}),
    _G.INTERNAL_CASES: frozenset({_G.NATIONALS, _G.FOREIGN_NATIONALS}),
    _G.DOMESTIC_WORK: frozenset({_G.FORCED_LABOUR}),
    _G.FISHING: frozenset({_G.FORCED_LABOUR}),
}
"""Wider groups, in the same respect: what is open to them is open to the group."""

_TOGETHER = frozenset({_G.FAMILIES})
"""Said of age and sex, and no other age or sex: a family has women, men and children."""

_OTHERS: Mapping[Group, tuple[Group, ...]] = {
    _G.CHILDREN: (_G.ADULTS, _G.WOMEN, _G.MEN),
    _G.ADULTS: (_G.CHILDREN, _G.GIRLS, _G.BOYS),
}
"""What whoever is not of a group is, a name for those whom a limit to it leaves; and its parts."""

_WHOLES = (
    {_G.ADULTS, _G.CHILDREN},
    {_G.ADULTS, _G.GIRLS, _G.BOYS},
    {_G.WOMEN, _G.MEN, _G.CHILDREN},
    {_G.WOMEN, _G.MEN, _G.GIRLS, _G.BOYS},
    {_G.NATIONALS, _G.FOREIGN_NATIONALS},
)
"""Groups of one respect to one of which everybody belongs."""

Limit = Collection[Group]

CONCERNS: Mapping[Function, tuple[Group, ...]] = {
    Function.BEST_INTERESTS_DETERMINATION: (_G.CHILDREN,),
    Function.GUARDIANSHIP: (_G.CHILDREN,),
    Function.CHILD_PLACEMENT: (_G.CHILDREN,),
    Function.EDUCATION_ACCESS: (_G.CHILDREN,),
    Function.RESIDENCE_STATUS: (_G.FOREIGN_NATIONALS,),
    Function.ASYLUM_ACCESS: (_G.FOREIGN_NATIONALS,),
    Function.REMOVAL: (_G.FOREIGN_NATIONALS,),
}
"""Functions that are there for some persons only, and for whom; every other is for everybody."""

MEETS: Mapping[Sector, tuple[Group, ...]] = {
    Sector.EDUCATION: (_G.CHILDREN,),
    Sector.CHILD_PROTECTION: (_G.CHILDREN,),
    Sector.ASYLUM_AUTHORITY: (_G.FOREIGN_NATIONALS,),
    Sector.IMMIGRATION_AUTHORITY: (_G.FOREIGN_NATIONALS,),
    Sector.FOREIGN_AFFAIRS_CONSULAR: (_G.NATIONALS_ABROAD,),
}
"""Sectors whose work is with some persons only, and with whom; every other meets everybody."""


def respect_of(group: Group) -> frozenset[Group]:
    """The respect in which the group shuts others out; empty where it shuts out none."""
    return next((respect for respect in RESPECTS if group in respect), frozenset())


def let_through(persons: Collection[Group], limit: Limit) -> bool:
    """Whether a limit lets anyone through who belongs to each of some groups.

    It does not where it speaks of age or sex, of where the person comes from, or of the form of
    exploitation, and what it says there leaves one of the groups out, unless another group of the
    limit is one of theirs. Groups of one respect stand for a person of any of them.

        >>> let_through(["men"], ["women", "children"]), let_through(["men"], ["foreign_nationals"])
        (False, True)
        >>> let_through(["girls"], ["children"]), let_through(["children"], ["girls"])
        (True, True)
    """
    shut = False
    for respect in RESPECTS:
        asked, told = respect.intersection(persons), respect.intersection(limit)
        if asked and told:
            if any(_alike(one, other) for one in asked for other in told):
                return True
            shut = True
    return not shut


def _alike(one: Group, other: Group) -> bool:
    """Whether a person can be of two groups of one respect."""
    together = not _TOGETHER.isdisjoint((one, other))
    return one == other or together or other in ALSO.get(one, ()) or one in ALSO.get(other, ())


def everybody(groups: Iterable[Group]) -> bool:
    """Whether everybody belongs to one of these groups, by one respect."""
    found = frozenset(groups)
    return any(whole <= found for whole in _WHOLES)


class Persons:
    """The kinds of person that the limits of a plan tell apart, as bits of one number.

    Each kind is one group, or none of those named where that leaves anybody, in every respect that
    the limits speak of. A limit to several groups lets through whoever belongs to one of them; one
    that speaks of nothing in which groups shut each other out (detained, with a disability) lets
    everyone through.

        >>> persons = Persons([("women",), ("forced_labour",), ("men",)])
        >>> women, workers, men = map(persons.passing, [("women",), ("forced_labour",), ("men",)])
        >>> bool(women & workers), bool(women & men)
        (True, False)
    """

    def __init__(self, limits: Iterable[Limit]) -> None:
        named = {Group(group) for limit in limits for group in limit} - _TOGETHER
        named |= {
            other
            for group, (other, *parts) in _OTHERS.items()
            if group in named and named.isdisjoint(parts)
        }
        each = [sorted(named & respect) for respect in RESPECTS]
        self._kinds: tuple[frozenset[Group], ...] = tuple(
            frozenset(group for group in kind if group is not None)
            for kind in product(*([*g, *([] if everybody(g) else [None])] for g in each))
        )
        self.everyone = (1 << len(self._kinds)) - 1
        self._in: dict[Group, int] = {}
        for number, kind in enumerate(self._kinds):
            for group in frozenset().union(kind, *(ALSO.get(g, ()) for g in kind)):
                self._in[group] = self._in.get(group, 0) | 1 << number

    def passing(self, limit: Limit) -> int:
        """The kinds of person that a limit lets through."""
        if not limit or any(g in _TOGETHER or not respect_of(g) for g in limit):
            return self.everyone
        return reduce(or_, (self._in.get(group, 0) for group in limit))

    def told(self, bits: int) -> tuple[Group, ...]:
        """The groups that all of these kinds of person belong to, the narrowest words there are."""
        kinds = [
            frozenset().union(kind, *(ALSO.get(group, ()) for group in kind))
            for number, kind in enumerate(self._kinds)
            if bits >> number & 1
        ]
        shared = frozenset.intersection(*kinds) if kinds else frozenset()
        wider = frozenset().union(*(ALSO.get(group, ()) for group in shared))
        return tuple(group for group in Group if group in shared - wider)
