"""What must hold for every plan: tried on plans that nobody would think of."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import interagency as ia
from interagency import Plan, PlanGraph, catalogue, charts, reports
from interagency.conformance import coverage
from interagency.engine import Finding, Named
from interagency.formats import read, write
from interagency.model import PARTICIPANTS
from interagency.places import Kind, Ref
from interagency.vocabulary import (
    Completeness,
    Condition,
    Function,
    Group,
    HandoffKind,
    Level,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
    Status,
)

often = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
sometimes = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))

# The roles and functions rules ask for most, so that small plans are worth auditing.
ROLES = st.sampled_from(list(Role))
FUNCTIONS = st.one_of(
    st.sampled_from(
        [Function.VICTIM_IDENTIFICATION, Function.EMERGENCY_ACCOMMODATION, Function.MEDICAL_CARE]
    ),
    st.sampled_from(list(Function)),
)
YEARS = st.integers(2019, 2026)


def some(values: st.SearchStrategy[Any], most: int = 3, least: int = 0) -> Any:
    """A list in which nothing stands twice."""
    return st.lists(values, min_size=least, max_size=most, unique=True)


def filled(fields: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields, or none."""
    return st.fixed_dictionaries({}, optional=dict(fields))


AGENCY = filled(
    {
        "sector": st.sampled_from(list(Sector)),
        "roles": some(ROLES),
        "functions": some(FUNCTIONS, 4),
        "accepts": some(st.sampled_from(list(Group)), least=1),
        "level": st.sampled_from(list(Level)),
        "since": YEARS,
    }
)
HANDOFF = st.fixed_dictionaries(
    {
        "pillars": some(st.sampled_from(list(Pillar)), least=1),
        "kind": st.one_of(st.just(HandoffKind.REFERRAL), st.sampled_from(list(HandoffKind))),
    },
    optional={
        "stage": st.sampled_from(list(Stage)),
        "what": st.sampled_from(["identified victim", "case file"]),
        "only_for": some(st.sampled_from(list(Group)), least=1),
        "conditions": some(st.sampled_from(list(Condition))),
        "needs": some(st.sampled_from(list(Need))),
        "within": st.sampled_from([{"max": "PT24H"}, {"wording": "soon"}]),
        "status": st.sampled_from(list(Status)),
        "since": YEARS,
    },
)


@st.composite
def plans(draw: st.DrawFn, names: st.SearchStrategy[str] | None = None) -> Plan:
    """A plan of up to seven agencies; every id is its own, so that order names nothing."""
    several = draw(st.integers(1, 7))
    agencies = [
        {
            "id": f"a{n}",
            "name": draw(names) if names is not None else f"Office {chr(65 + n)}",
            **draw(AGENCY),
        }
        for n in range(several)
    ]
    ends = st.sampled_from([a["id"] for a in agencies] * 3 + list(PARTICIPANTS))
    handoffs = [
        {"id": f"h{n}", "from": draw(ends), "to": draw(ends), **draw(HANDOFF)}
        for n in range(draw(st.integers(0, 12)))
    ]
    return Plan.model_validate(
        {
            "plan": {
                "id": "drawn",
                "title": "A plan that was drawn",
                "as_of": draw(YEARS),
                "completeness": draw(st.sampled_from(list(Completeness))),
            },
            "agencies": agencies,
            "handoffs": handoffs,
        }
    )


def rearranged(plan: Plan, chance: random.Random) -> Plan:
    """The same plan with agencies and handoffs in another order."""
    agencies, handoffs = list(plan.agencies), list(plan.handoffs)
    chance.shuffle(agencies)
    chance.shuffle(handoffs)
    return plan.model_copy(update={"agencies": tuple(agencies), "handoffs": tuple(handoffs)})


def told(audit: ia.Audit) -> set[tuple[Any, ...]]:
    """What an audit finds, whatever the order in which it says it.

    Not the words, nor all that is named beside the subject: where several would do equally well,
    a rule names the first few of the file.
    """
    assert audit.crashes == ()
    return {
        (f.id, f.state, f.severity, *f.about[:1], frozenset(f.closed_by)) for f in audit.findings
    }


def counts(audit: ia.Audit) -> list[tuple[str, int, int, int]]:
    return [(o.rule.code, o.gaps, o.questions, o.met) for o in audit.outcomes]


# --- the audit ------------------------------------------------------------------------------


@often
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_agencies_and_handoffs_changes_no_finding(
    plan: Plan, chance: random.Random
) -> None:
    before, after = ia.audit(plan), ia.audit(rearranged(plan, chance))
    assert before.crashes == ()
    assert after.findings == before.findings
    assert counts(after) == counts(before)
    assert after.items == before.items
    assert ia.suggest(after) == ia.suggest(before)
    assert coverage(after.graph).answered == coverage(before.graph).answered


@pytest.mark.parametrize("name", catalogue.plan_names())
def test_the_order_of_a_real_plan_changes_no_finding(name: str) -> None:
    plan = ia.load(name).plan
    before = ia.audit(plan)
    for seed in range(3):
        after = ia.audit(rearranged(plan, random.Random(seed)))
        assert after.findings == before.findings
        assert counts(after) == counts(before)
        assert ia.suggest(after) == ia.suggest(before)


@sometimes
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_finding(plan: Plan, chance: random.Random) -> None:
    tree = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            chance.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    plain, mixed = (
        PlanGraph(*read(json.dumps({"format": 1, **t}).encode(), "plan.json"))
        for t in (tree, shuffled(tree))
    )
    assert mixed.plan == plan == plain.plan
    assert [replace(f, at=None) for f in ia.audit(mixed).findings] == [
        replace(f, at=None) for f in ia.audit(plain).findings
    ]


def renamed(plan: Plan, new: Mapping[str, str]) -> Plan:
    """The same plan with other ids; names and order stay."""

    def ids(value: Any) -> Any:
        return new.get(value, value)

    return plan.model_copy(
        update={
            "agencies": tuple(
                a.model_copy(
                    update={
                        "id": ids(a.id),
                        "part_of": ids(a.part_of),
                        "sources": tuple(map(ids, a.sources)),
                    }
                )
                for a in plan.agencies
            ),
            "handoffs": tuple(
                h.model_copy(
                    update={
                        "id": ids(h.id),
                        "sender": ids(h.sender),
                        "receiver": ids(h.receiver),
                        "fallback": ids(h.fallback),
                    }
                )
                for h in plan.handoffs
            ),
            "waivers": tuple(
                w.model_copy(update={"about": tuple(map(ids, w.about))}) for w in plan.waivers
            ),
        }
    )


def mapped(finding: Finding, plan: Plan, new: Mapping[str, str]) -> Finding:
    """A finding as it must be when ids are called otherwise: the same words about the same."""
    handoffs = {h.id: new[h.id] for h in plan.handoffs}

    def ids(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new.get(v, v) for v in values)

    return replace(
        finding,
        about=tuple(Named(Ref(n.ref.kind, *ids((n.ref.id,))), n.name) for n in finding.about),
        expected=tuple(
            replace(e, sender=new.get(e.sender, e.sender), receiver=new.get(e.receiver, e.receiver))
            for e in finding.expected
        ),
        lacking=tuple(
            re.sub(r"[\w-]+", lambda word: handoffs.get(word[0], word[0]), text)
            for text in finding.lacking
        ),
        paths=ids(finding.paths),
        closed_by=ids(finding.closed_by),
    )


def other_names(plan: Plan, chance: random.Random) -> dict[str, str]:
    """A new id for every agency and handoff, whose alphabet says nothing of the old one's."""
    old = [a.id for a in plan.agencies] + [h.id for h in plan.handoffs]
    new = [f"z{n}" for n in range(len(old))]
    chance.shuffle(new)
    return dict(zip(old, new, strict=True))


@often
@given(plans(), st.randoms(use_true_random=False))
def test_renaming_changes_no_finding_but_for_the_names(plan: Plan, chance: random.Random) -> None:
    """Not the words, nor the ways that prove it: an id is a name and no more.

    (Of findings that are equally grave, the order may change: ids break ties.)
    """
    new = other_names(plan, chance)
    before, after = ia.audit(plan), ia.audit(renamed(plan, new))
    assert set(after.findings) == {mapped(f, plan, new) for f in before.findings}
    assert counts(after) == counts(before)


@pytest.mark.parametrize("name", catalogue.plan_names())
def test_renaming_in_a_real_plan_changes_no_finding_but_for_the_names(name: str) -> None:
    plan = ia.load(name).plan
    for seed in range(2):
        new = other_names(plan, random.Random(seed))
        before, after = ia.audit(plan), ia.audit(renamed(plan, new))
        assert set(after.findings) == {mapped(f, plan, new) for f in before.findings}


@often
@given(plans())
def test_what_is_not_assessed_is_never_clean_and_a_finding_is_about_what_is_there(
    plan: Plan,
) -> None:
    audit = ia.audit(plan)
    assert audit.assessed == bool(audit.graph.agencies and audit.graph.handoffs)
    known = {a.ref for a in plan.agencies} | {h.ref for h in plan.handoffs}
    for finding in audit.findings:
        assert finding.message
        assert finding.mend
        assert {n.ref for n in finding.about if n.ref.kind in (Kind.AGENCY, Kind.HANDOFF)} <= known
        assert set(finding.paths) | set(finding.closed_by) <= {h.id for h in plan.handoffs}


@pytest.mark.parametrize("name", catalogue.plan_names())
def test_what_a_plan_says_is_wrong_stays_wrong_when_its_silence_counts_too(name: str) -> None:
    plan = ia.load(name).plan

    def declared(completeness: Completeness) -> set[str]:
        facts = plan.facts.model_copy(update={"completeness": completeness})
        return {f.id for f in ia.audit(plan.model_copy(update={"facts": facts})).gaps}

    assert declared(Completeness.PARTIAL) <= declared(Completeness.COMPLETE)


# --- reports and charts ---------------------------------------------------------------------


def every_form(plan: Plan) -> dict[str, str]:
    """A plan told and drawn in every way there is."""
    audit = ia.audit(plan)
    assert audit.crashes == ()
    chart = ia.chart(audit)
    return {
        "text": reports.text(audit, colour=True),
        "html": reports.html(audit),
        "json": reports.json(audit),
        "dot": charts.dot(audit.graph, audit.findings),
        "words": chart.describe(),
        "notebook": chart._repr_html_(),
        **{f"svg {n}": chart.svg(n, kind="plain") for n in range(1, len(chart.pages) + 1)},
    }


def unbroken(plan: Plan) -> None:
    """No form of a plan is broken by what the plan says."""
    forms = every_form(plan)
    json.loads(forms["json"])
    for name, text in forms.items():
        text.encode("utf-8")
        assert "\x00" not in text
        if name.startswith("svg"):
            ElementTree.fromstring(text)


@sometimes
@given(plans())
def test_any_plan_is_told_and_drawn_in_every_form(plan: Plan) -> None:
    unbroken(plan)


MARKS = "\"'<>&\\\n\t{}[]|:#%*`$;,-\x00\x1b\u202e\u2066\u200b\u00ad\ufeff"
WHOLE = ["<b>x</b>", "<a & b>", "]]>", "<!--", "&amp;", "&#0;", "\\N\\G", "a:b", '"]; x [label="']
WHOLE += ["null", "~", "NO", "- a", "12:30", "'", '"', "\ud800", "ตำรวจ", "é", "e\u0301", "עברית"]
WHOLE += ["العربية", "漢字", "x" * 1_999, "x " * 900, "", " ", "\u200b", "\u3000"]
AWKWARD = st.one_of(
    st.text(max_size=40), st.text(alphabet=MARKS, max_size=20), st.sampled_from(WHOLE)
)


@often
@given(AWKWARD, AWKWARD, AWKWARD)
@example("x" * 10_000, "t", "w")
@example("\u200b\u00ad ", "t", "w")
def test_a_name_is_refused_for_a_reason_or_breaks_nothing(name: str, title: str, what: str) -> None:
    """Refused by the models, with their own error; else it reads back, prints and is drawn."""
    try:
        plan = Plan.model_validate(
            {
                "plan": {"id": "p", "title": title, "as_of": 2024, "completeness": "complete"},
                "agencies": [
                    {"id": "a", "name": name, "roles": ["detecting_agency"]},
                    {"id": "b", "name": "B", "sector": "law_enforcement"},
                ],
                "handoffs": [
                    {
                        "from": "a", "to": "b", "pillars": ["protect"], "kind": "referral",
                        "what": what, "within": {"wording": name}, "basis": title,
                    },
                    {"from": "b", "to": "person", "pillars": ["protect"], "kind": "notification"},
                ],
            }
        )  # fmt: skip
    except ValidationError:
        return
    unbroken(plan)
    for file in ("plan.yaml", "plan.json"):
        assert read(write(plan, file), file)[0] == plan


@pytest.mark.parametrize(
    "name", ["x" * 2_001, "x" * 10_000, "", "   ", "\n\t", "\u200b\u200b", "a\x00b", "a\x1bb",
             "a\u202eb", "a\u2066b", "\ud800"]
)  # fmt: skip
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        ia.Agency(id="a", name=name)


def readable(text: str) -> bool:
    return text.isprintable() and not text.isspace()


@sometimes
@given(plans(names=st.text(min_size=1, max_size=30).filter(readable)))
def test_a_plan_in_any_script_is_told_and_drawn(plan: Plan) -> None:
    unbroken(plan)
