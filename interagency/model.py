"""What a plan says, as frozen values: agencies, handoffs, and where each is written down.

The models are the plan file (see ``interagency schema``), field by field; ``from`` and ``to``
are called ``sender`` and ``receiver`` here, and ``plan`` is called ``facts``.

    >>> from interagency import Agency, Handoff, Plan, PlanFacts
    >>> plan = Plan(
    ...     facts=PlanFacts(id="example", title="An example", as_of=2024),
    ...     agencies=(
    ...         Agency(id="hotline", name="National hotline", sector="hotline"),
    ...         Agency(id="police", name="Police", sector="law_enforcement"),
    ...     ),
    ...     handoffs=(
    ...         Handoff(sender="hotline", receiver="police", pillars=["protect"], kind="referral"),
    ...     ),
    ... )
    >>> plan.handoffs[0].id
    'hotline-police'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from interagency.errors import did_you_mean
from interagency.places import Kind, Ref
from interagency.quantities import COUNTRIES, Duration, PlanDate
from interagency.text import Id, Note, Text, skeleton
from interagency.vocabulary import (
    Completeness,
    Condition,
    Coverage,
    Data,
    Function,
    Group,
    HandoffKind,
    Hours,
    Instrument,
    Level,
    Means,
    Need,
    Pillar,
    Role,
    Sector,
    SourceKind,
    Stage,
    Status,
)

FORMAT = 1
PERSON = "person"
"""The trafficked person: a participant in handoffs, not an agency."""
PUBLIC = "public"
"""Anyone who reports or is informed: a participant, not an agency."""
THE_PLAN = "plan"
"""In a waiver: the plan as a whole."""
PARTICIPANTS: Mapping[str, str] = {PERSON: "The person", PUBLIC: "The public"}

_NEAREST = 40  # ids for which a near one is looked for; a file with more has a larger trouble

_T = TypeVar("_T")


def _once(values: tuple[_T, ...]) -> tuple[_T, ...]:
    if len(values) > 1 and len(set(values)) != len(values):
        raise PydanticCustomError("twice", "A word stands twice in this list")
    return values


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise PydanticCustomError(
            "country", "'{code}' is no ISO 3166-1 country code", {"code": code}
        )
    return code


Many = Annotated[tuple[_T, ...], AfterValidator(_once)]
Country = Annotated[
    str,
    StringConstraints(pattern="^[A-Z]{2}$"),
    AfterValidator(_country),
    Field(description="ISO 3166-1 alpha-2, in capitals: TH, NO."),
]
LANGUAGE_TAG = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
Language = Annotated[
    str,
    StringConstraints(pattern=f"^{LANGUAGE_TAG}$"),
    Field(description="BCP 47: en, th, zh-Hant."),
]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x20]+$", max_length=2_000)]


class Names(Mapping[str, str]):
    """Names in other languages: BCP 47 tag to name. It cannot be changed.

    >>> Names({"th": "สำนักงานตำรวจแห่งชาติ"})["th"]
    'สำนักงานตำรวจแห่งชาติ'
    """

    __slots__ = ("_pairs",)

    def __init__(self, names: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(dict(names).items())

    def __getitem__(self, language: str) -> str:
        for tag, name in self._pairs:
            if tag == language:
                return name
        raise KeyError(language)

    def __iter__(self) -> Iterator[str]:
        return (tag for tag, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self._pairs))

    def __repr__(self) -> str:
        return f"Names({dict(self._pairs)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """A mapping from language tag to text."""
        inner = handler.generate_schema(dict[Language, Text])
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.no_info_before_validator_function(
                lambda value: dict(value) if isinstance(value, cls) else value, inner
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )


class _Model(BaseModel):
    model_config = ConfigDict(
        defer_build=True,  # most commands read a plan and need no validator for its parts alone
        frozen=True,
        extra="forbid",
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
        validate_default=False,
        regex_engine="rust-regex",
    )


class Source(_Model):
    """A document that the plan rests on."""

    id: Id
    title: Text
    url: Url | None = None
    """Where it can be read."""
    kind: SourceKind | None = None
    note: Note | None = None


class Within(_Model):
    """A time limit: a number where the text has one, and the text's own words."""

    max: Duration | None = None
    """ISO 8601 duration; left out where the text is vague."""
    wording: Text | None = None
    """The source's own words, paraphrased."""

    @property
    def words(self) -> str:
        """The limit in words: the number where there is one, else the wording.

        >>> Within(max="PT24H", wording="within one day").words
        '24 hours'
        """
        return self.max.words if self.max else (self.wording or "")


class _Dated(_Model):
    since: PlanDate | None = None
    """Year or day from which this holds."""
    until: PlanDate | None = None
    """Year or day up to which this holds."""
    note: Note | None = None
    sources: Many[Id] = ()
    """Ids of the sources that state it."""

    def holds(self, as_of: PlanDate | None) -> bool:
        """Whether it is there at the end of that time; always, when no time is given.

        >>> Agency(id="vic", name="Centre", since=2022).holds(PlanDate(2021))
        False
        """
        if as_of is None:
            return True
        day = as_of.last
        return not (
            (self.since is not None and self.since.first > day)
            or (self.until is not None and self.until.last < day)
        )

    @model_validator(mode="after")
    def _in_order(self) -> _Dated:
        if self.since is not None and self.until is not None and self.since.first > self.until.last:
            raise PydanticCustomError("order", "It ends ('until') before it begins ('since')")
        return self


class Agency(_Dated):
    """A body that takes part: a ministry, a unit, a team, an organisation."""

    id: Id
    name: Text
    names: Names = Names()
    """Names in other languages: BCP 47 tag to name."""
    short: Text | None = None
    """Abbreviation or short name, as people say it."""
    part_of: Id | None = None
    """Id of the agency it is a branch, unit or team of."""
    sector: Sector | None = None
    """The kind of agency; left out where the source does not tell."""
    roles: Many[Role] = ()
    level: Level | None = None
    country: Country | None = None
    """Only where it differs from the plan's."""
    functions: Many[Function] = ()
    supports: Many[Function] = ()
    """Functions it takes part in without leading them."""
    lacks: Many[Function] = ()
    """Functions that a source says it does not hold, or only drafts: looked for and absent."""
    accepts: Many[Group] | None = None
    """Groups of people served; left out where not stated."""
    hours: Hours | None = None
    """When it can be reached; left out where not stated."""
    coverage: Coverage | None = None
    """How much of its territory it reaches; left out where not stated."""
    means: Means | None = None
    """Whether money and staff stand behind its duties; left out where not stated."""
    capacity: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    """Places or cases it can take at a time."""
    network: bool | None = None
    """Whether this entry stands for several places or units, any of which can do the work (yes), or
    for a single one (no); left out where not stated."""
    interviews: bool | None = None
    """Whether it questions the person about what happened; left out where not stated."""
    charges_fee: bool | None = None
    """Whether it asks to be paid at the door; left out where not stated."""

    @field_validator("id")
    @classmethod
    def _not_a_participant(cls, value: str) -> str:
        if value in PARTICIPANTS:
            raise PydanticCustomError(
                "reserved", "'{id}' is reserved: it takes part, and is no agency", {"id": value}
            )
        return value

    @model_validator(mode="after")
    def _holds_or_lacks(self) -> Agency:
        both = {*self.functions, *self.supports} & set(self.lacks)
        if both:
            raise PydanticCustomError(
                "holds_and_lacks",
                "It both holds and lacks {functions}",
                {"functions": ", ".join(sorted(both))},
            )
        return self

    @property
    def ref(self) -> Ref:
        """The name to speak of it by."""
        return Ref(Kind.AGENCY, self.id)


class Handoff(_Dated):
    """Something that passes from one agency to another."""

    id: Id = ""
    """Made from the ends when left out."""
    sender: Annotated[Id, Field(alias="from")]
    """An agency's id, or person, or public."""
    receiver: Annotated[Id, Field(alias="to")]
    """An agency's id, or person, or public."""
    pillars: Annotated[Many[Pillar], Field(min_length=1)]
    """Which of the three Ps it serves, the main one first."""
    kind: HandoffKind
    stage: Stage | None = None
    """The stage of a case that the handoff opens."""
    what: Text | None = None
    """What passes, in words."""
    trigger: Text | None = None
    """What sets it off, in words."""
    only_for: Many[Group] = ()
    """Groups it is limited to: whoever belongs to any; left out: everyone, or not stated."""
    conditions: Many[Condition] = ()
    """What must be the case before it happens."""
    within: Within | None = None
    """The time limit."""
    needs: Many[Need] = ()
    """What travels with it, or must hold."""
    basis: Text | None = None
    """Law, procedure or agreement that prescribes it."""
    form: Text | None = None
    """The form or document it is made on."""
    data: Data | None = None
    """What it tells of a person; left out where not stated."""
    stay: Duration | None = None
    """How long the person may stay with the receiver, as against a limit on the step."""
    status: Status = Status.IN_FORCE
    fallback: Id | None = None
    """Id of the agency that receives when the receiver cannot."""
    inferred: Text | None = None
    """What of this line is inference and not in the source."""
    proposed: bool = False
    """Whether it is a proposal that nobody has agreed to; it counts, and every audit says so."""

    @property
    def ref(self) -> Ref:
        """The name to speak of it by."""
        return Ref(Kind.HANDOFF, self.id)

    def _called(self, made: str) -> Handoff:
        named = self.model_copy(update={"id": made})
        named.model_fields_set.discard("id")  # nobody gave it
        return named

    @property
    def there(self) -> bool:
        """Whether its status lets it count as a way: in force, or informal."""
        return self.status in (Status.IN_FORCE, Status.INFORMAL)


class Waiver(_Model):
    """A finding that is accepted for a time, and why."""

    rule: Text
    """Name or code of the rule."""
    about: Many[Id]
    """Ids of the agencies and handoffs the finding is about; plan, for one about the plan."""
    because: Text
    owner: Text | None = None
    """The office that accepts it; a role, never a person."""
    until: PlanDate | None = None
    """When it ends; without one it holds for ever, and every audit says so."""

    @property
    def ref(self) -> Ref:
        """The name to speak of it by, made of what it says: the same wherever it stands.

        >>> str(Waiver(rule="G08", about=["shelter"], because="x", until=2027).ref)
        'waiver G08:shelter:2027'
        """
        until = () if self.until is None else (str(self.until),)
        return Ref(Kind.WAIVER, ":".join((self.rule, "+".join(sorted(self.about)), *until)))


def _in_capitals(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class PlanFacts(_Model):
    """What the plan is: the ``plan`` block of the file."""

    id: Id
    title: Text
    country: Country | None = None
    as_of: PlanDate
    """Year or day: the state described."""
    language: Language | None = None
    completeness: Completeness = Completeness.PARTIAL
    """partial: what is not written is not stated; complete: what is not written is absent."""
    standards: Many[Annotated[Instrument, BeforeValidator(_in_capitals)]] = ()
    """Instruments that bind the country beyond the floor (PALERMO with UNTOC)."""
    note: Note | None = None
    """How far the sources carry."""


def _is_one(value: object) -> object:
    if isinstance(value, str) and value.strip() == str(FORMAT):
        return FORMAT
    if value != FORMAT or isinstance(value, bool):
        raise PydanticCustomError("format", "This version reads format 1 only")
    return value


class Plan(_Model):
    """A plan: who takes part, and who hands what to whom."""

    format: Annotated[Literal[1], BeforeValidator(_is_one)] = 1
    facts: Annotated[PlanFacts, Field(alias="plan")]
    sources: tuple[Source, ...] = ()
    agencies: tuple[Agency, ...] = ()
    handoffs: tuple[Handoff, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @field_validator("handoffs")
    @classmethod
    def _named(cls, handoffs: tuple[Handoff, ...]) -> tuple[Handoff, ...]:
        if all(h.id for h in handoffs):
            return handoffs
        ids = handoff_ids((h.id, h.sender, h.receiver) for h in handoffs)
        return tuple(h if h.id else h._called(new) for h, new in zip(handoffs, ids, strict=True))

    @model_validator(mode="after")
    def _linked(self) -> Plan:
        if not self._sound():
            faults = link_faults(*_links_of(self))
            told = " ".join(f"{message} {mend}" for _, message, mend in faults)
            raise PydanticCustomError("links", "{faults}", {"faults": told})
        return self

    def _sound(self) -> bool:
        """Whether every id is given once and every id used is given; quick, without telling."""
        ids = [a.id for a in self.agencies]
        everyone = {*ids, *PARTICIPANTS}
        sources = {s.id for s in self.sources}
        used = {h.sender for h in self.handoffs} | {h.receiver for h in self.handoffs}
        used |= {h.fallback for h in self.handoffs if h.fallback}
        wholes = {a.part_of for a in self.agencies if a.part_of}
        things = {ref for w in self.waivers for ref in w.about}
        cited: set[str] = set()
        for dated in (*self.agencies, *self.handoffs):
            cited.update(dated.sources)
        return (
            used <= everyone
            and wholes <= set(ids)
            and cited <= sources
            and things <= {THE_PLAN, *ids, *(h.id for h in self.handoffs)}
            and all(
                len({skeleton(i) for i in kind}) == len(kind)
                for kind in (ids, [h.id for h in self.handoffs], [s.id for s in self.sources])
            )
        )


Path = tuple[str | int, ...]
"""The way to a value from the top of the file: keys and positions."""


def handoff_ids(handoffs: Iterable[tuple[str, str, str]]) -> list[str]:
    """The id of each handoff: its own, or made from sender and receiver and numbered.

    >>> handoff_ids([("", "a", "b"), ("", "a", "b"), ("a-b-3", "a", "b")])
    ['a-b', 'a-b-2', 'a-b-3']
    """
    rows = list(handoffs)
    taken = {skeleton(own) for own, _, _ in rows if own}
    ids = []
    count: dict[str, int] = {}
    for own, sender, receiver in rows:
        if own:
            ids.append(own)
            continue
        base = f"{sender}-{receiver}"
        number = count.get(base, 0) + 1
        while skeleton(new := base if number == 1 else f"{base}-{number}") in taken:
            number += 1
        count[base] = number
        taken.add(skeleton(new))
        ids.append(new)
    return ids


def link_faults(
    given: Iterable[tuple[Path, Kind, str]], used: Iterable[tuple[Path, str, str]]
) -> Iterator[tuple[Path, str, str]]:
    """What is wrong between the parts of a plan: where, what is the matter, how to mend it.

    Args:
        given: every id that is given: where, to what kind of thing, and the id.
        used: every id that is used: where, as what (``source``; ``agency`` for the end of a
            handoff, a participant included; ``whole`` for an agency that others are part of;
            ``thing`` for an agency or handoff), and the id.
    """
    seen: dict[tuple[Kind, str], str] = {}
    known: dict[str, set[str]] = {kind: set() for kind in ("source", "agency", "handoff")}
    for path, kind, an_id in given:
        known.setdefault(kind, set()).add(an_id)
        form = (kind, skeleton(an_id))
        if form in seen:
            other = seen[form]
            same = "is there twice" if other == an_id else f"cannot be told from {other!r}"
            yield path, f"The {kind} id {an_id!r} {same}.", "Give one of them an id of its own."
        seen.setdefault(form, an_id)
    known["thing"] = {THE_PLAN} | known["agency"] | known["handoff"]
    known["whole"] = known["agency"]
    known["agency"] = known["agency"] | set(PARTICIPANTS)
    mends: dict[tuple[str, str], str] = {}
    for path, use, an_id in used:
        if use == "whole" and an_id in PARTICIPANTS:
            message = f"'part_of' is {an_id!r}, a participant, and no agency that has parts."
            yield path, message, "Name the agency it is part of, or leave 'part_of' out."
        elif an_id not in known[use]:
            what = {"thing": "agency or handoff", "whole": "agency"}.get(use, use)
            mend = mends.get((use, an_id))
            if mend is None:
                # Looking through a thousand ids for a near one takes ten milliseconds.
                looked = len(mends) < _NEAREST
                mend = did_you_mean(an_id, known[use]) if looked else "Correct it, or add it."
                mends[use, an_id] = mend
            yield path, f"There is no {what} with the id {an_id!r}.", mend


def _links_of(
    plan: Plan,
) -> tuple[list[tuple[Path, Kind, str]], list[tuple[Path, str, str]]]:
    given: list[tuple[Path, Kind, str]] = []
    used: list[tuple[Path, str, str]] = []
    for i, source in enumerate(plan.sources):
        given.append((("sources", i), Kind.SOURCE, source.id))
    for i, agency in enumerate(plan.agencies):
        given.append((("agencies", i), Kind.AGENCY, agency.id))
        used += [(("agencies", i), "source", s) for s in agency.sources]
        used += [(("agencies", i), "whole", agency.part_of)] if agency.part_of else []
    for i, handoff in enumerate(plan.handoffs):
        given.append((("handoffs", i), Kind.HANDOFF, handoff.id))
        ends = (handoff.sender, handoff.receiver, handoff.fallback)
        used += [(("handoffs", i), "agency", end) for end in ends if end]
        used += [(("handoffs", i), "source", s) for s in handoff.sources]
    for i, waiver in enumerate(plan.waivers):
        used += [(("waivers", i), "thing", ref) for ref in waiver.about]
    return given, used
