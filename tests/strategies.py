"""Plans that nobody would think of, for properties that must hold for every plan.

from strategies import plans, texts
@given(plans(max_handoffs=3))
def test_...(plan: Plan) -> None: ...
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from interagency.model import (
    PARTICIPANTS,
    Agency,
    Handoff,
    Plan,
    PlanFacts,
    Source,
    Waiver,
    Within,
)
from interagency.quantities import COUNTRIES
from interagency.text import skeleton
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
    Term,
)

SCRIPTS: dict[str, str] = {
    "ar": "وزارة العدل",
    "bn": "নারী ও শিশু",
    "en": "Ministry of Justice",
    "hi": "महिला आयोग",
    "km": "ក្រសួងយុត្តិធម៌",
    "lo": "ກະຊວງຍຸຕິທຳ",
    "my": "တရားရေးဝန်ကြီးဌာန",
    "si": "ජාතික ළමා ආරක්ෂක අධිකාරිය ශ්‍රී",
    "ta": "காவல் துறை",
    "th": "สำนักงานตำรวจแห่งชาติ",
    "vi": "Bộ Công an",
    "zh-Hant": "移民署",
}
"""A name in each script that plans are written in."""

AWKWARD: Sequence[str] = (
    "null",
    "~",
    "NO",
    "yes",
    "on",
    "010",
    "1.10",
    "0x1F",
    "1e3",
    ".inf",
    "12:30",
    "2024-01-01",
    "2024",
    "=1+1",
    "Unit #5",
    "#5",
    "Ministry: Justice",
    "trailing colon:",
    "- dash",
    "? question",
    "'single'",
    '"double"',
    "it's",
    'say "no"',
    "back\\slash \\N \\n",
    "<b>&amp;</b>",
    "<x>",
    "a & b",
    "{brace}",
    "[bracket]",
    "*star",
    "&anchor",
    "!tag",
    "%percent",
    "@at",
    "`tick`",
    "|pipe",
    ">fold",
    "comma, comma",
    "zero\u200bwidth",
    "no\u00a0break",
    "soft\u00adhyphen",
    "tab\tinside",
    "two  spaces",
    "\U0001f46e police",
    "---",
    "...",
    "<<",
)
"""Texts that some program would take for something else."""

_letters = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf", "Zs")
)
_words = st.text(_letters, min_size=1, max_size=8)


@cache
def texts(*, lines: bool = False) -> st.SearchStrategy[str]:
    """Text as a plan may hold it: every script, every sign, long, and in several lines."""
    joins = st.sampled_from([" ", "  ", ": ", " #", ", ", "\t"] + (["\n", "\n\n", "\n  "] * lines))
    made = st.lists(st.tuples(_words, joins), min_size=1, max_size=30).map(
        lambda parts: "".join(word + join for word, join in parts).strip()
    )
    known = st.sampled_from([*AWKWARD, *SCRIPTS.values()])
    long = known.map(lambda text: " ".join([text] * 20))
    return st.one_of(known, made, long).filter(_holds)


def _holds(text: str) -> bool:
    """Whether the model takes a text as it is."""
    try:
        return Source(id="x", title=text).title == text
    except ValueError:
        return False


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids in several scripts."""
    plain = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True)
    other = st.sampled_from(["ตำรวจ", "polícia", "警察", "123", "007", "NO", "null", "1.10", "on"])
    return st.one_of(plain, plain, other).filter(lambda an_id: an_id not in PARTICIPANTS)


@cache
def dates() -> st.SearchStrategy[int | str]:
    """Years, months and days, as a file has them."""
    return st.one_of(
        st.integers(1000, 9999),
        st.integers(1900, 2100).map(lambda year: f"{year}-06"),
        st.dates().map(str),
    )


@cache
def some(vocabulary: type[Term], most: int = 3, least: int = 0) -> st.SearchStrategy[list[Term]]:
    """A few words of a vocabulary, each once."""
    return st.lists(st.sampled_from(list(vocabulary)), unique=True, min_size=least, max_size=most)


@cache
def one(vocabulary: type[Term]) -> st.SearchStrategy[Term]:
    """A word of a vocabulary."""
    return st.sampled_from(list(vocabulary))


def _distinct(values: st.SearchStrategy[str], most: int, least: int = 0) -> Any:
    return st.lists(values, min_size=least, max_size=most, unique_by=skeleton)


@st.composite
def plans(
    draw: st.DrawFn, max_agencies: int = 4, max_handoffs: int = 5, min_agencies: int = 0
) -> Plan:
    """A valid plan: any fields, any scripts, whatever order."""
    sources = draw(_distinct(ids(), 2))
    agencies = draw(_distinct(ids(), max_agencies, min_agencies))
    everyone = [*agencies, *PARTICIPANTS]
    handoffs = [
        draw(_handoffs(everyone, sources))
        for _ in range(draw(st.integers(0, max_handoffs)) if everyone else 0)
    ]
    plan = Plan(
        facts=PlanFacts(**draw(_facts())),
        sources=tuple(draw(_sources(an_id)) for an_id in sources),
        agencies=tuple(draw(_agencies(an_id, agencies, sources)) for an_id in agencies),
        handoffs=_apart(handoffs),
    )
    things = [*agencies, *(handoff.id for handoff in plan.handoffs if len(handoff.id) < 200)]
    if not things:
        return plan
    waivers = draw(st.lists(_waivers(things), max_size=2))
    return Plan(**{**dict(plan), "waivers": tuple(waivers)})


def _apart(handoffs: list[Handoff]) -> tuple[Handoff, ...]:
    """The handoffs without ids that are given twice."""
    kept: dict[str, Handoff] = {}
    for number, handoff in enumerate(handoffs):
        kept.setdefault(skeleton(handoff.id) if handoff.id else f"\0{number}", handoff)
    return tuple(kept.values())


def _filled(
    required: dict[str, st.SearchStrategy[Any]], optional: dict[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


@cache
def _facts() -> st.SearchStrategy[dict[str, Any]]:
    return _filled(
        {"id": ids(), "title": texts(), "as_of": dates()},
        {
            "country": st.sampled_from(sorted(COUNTRIES)),
            "language": st.sampled_from(list(SCRIPTS)),
            "completeness": one(Completeness),
            "standards": some(Instrument),
            "note": texts(lines=True),
        },
    )


def _sources(an_id: str) -> st.SearchStrategy[Source]:
    return _filled(
        {"title": texts()},
        {
            "url": st.sampled_from(["https://example.org/a?b=c#d", "http://x.test/%20,;&"]),
            "kind": one(SourceKind),
            "note": texts(lines=True),
        },
    ).map(lambda fields: Source(id=an_id, **fields))


def _dated(sources: list[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "since": st.integers(1990, 2010),
        "until": st.sampled_from([2011, "2020-02-29", "2021-12"]),
        "note": texts(lines=True),
        "sources": st.lists(st.sampled_from(sources), unique=True) if sources else st.just([]),
    }


def _agencies(an_id: str, agencies: list[str], sources: list[str]) -> st.SearchStrategy[Agency]:
    functions = some(Function, least=3)
    return st.tuples(
        functions,
        _filled(
            {"name": texts()},
            {
                "names": st.dictionaries(st.sampled_from(list(SCRIPTS)), texts(), max_size=3),
                "short": texts(),
                "part_of": st.sampled_from(agencies),
                "sector": one(Sector),
                "roles": some(Role),
                "level": one(Level),
                "country": st.sampled_from(["TH", "NO", "XK"]),
                "accepts": some(Group),
                "hours": one(Hours),
                "coverage": one(Coverage),
                "means": one(Means),
                "capacity": st.integers(0, 1_000),
                "network": st.booleans(),
                "interviews": st.booleans(),
                "charges_fee": st.booleans(),
                **_dated(sources),
            },
        ),
    ).map(
        lambda drawn: Agency(
            id=an_id,
            functions=drawn[0][:1],
            supports=drawn[0][1:2],
            lacks=drawn[0][2:],
            **drawn[1],
        )
    )


def _handoffs(everyone: list[str], sources: list[str]) -> st.SearchStrategy[Handoff]:
    limits = _filled(
        {}, {"max": st.sampled_from(["PT24H", "P15D", "P1Y2M"]), "wording": texts()}
    ).map(lambda fields: Within(**fields))
    return _filled(
        {
            "sender": st.sampled_from(everyone),
            "receiver": st.sampled_from(everyone),
            "pillars": some(Pillar, least=1),
            "kind": one(HandoffKind),
        },
        {
            "id": ids(),
            "stage": one(Stage),
            "what": texts(),
            "trigger": texts(),
            "only_for": some(Group),
            "conditions": some(Condition),
            "within": limits,
            "needs": some(Need),
            "basis": texts(),
            "form": texts(),
            "data": one(Data),
            "stay": st.sampled_from(["P90D", "P6W"]),
            "status": one(Status),
            "fallback": st.sampled_from(everyone),
            "inferred": texts(),
            **_dated(sources),
        },
    ).map(lambda fields: Handoff(**fields))


def _waivers(things: list[str]) -> st.SearchStrategy[Waiver]:
    return _filled(
        {
            "rule": texts(),
            "about": st.lists(st.sampled_from([*things, "plan"]), unique=True, max_size=3),
            "because": texts(),
        },
        {"owner": texts(), "until": dates()},
    ).map(lambda fields: Waiver(**fields))
