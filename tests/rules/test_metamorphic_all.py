"""What must hold of every rule on every plan: order, names and what is beside the point change
nothing, no rule falls over, and what is mended stays mended however it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interagency import formats, vocabulary
from interagency.engine import Rule, run
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Plan
from interagency.places import Kind
from interagency.rules import BUILT_IN
from interagency.vocabulary import (
    Completeness,
    Condition,
    Coverage,
    Data,
    Function,
    Group,
    HandoffKind,
    Hours,
    Level,
    Means,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
    Status,
)

Tree = dict[str, Any]
Told = frozenset[tuple[str, str, str, str]]

thorough = settings(
    max_examples=40,
    deadline=None,
    # The rules are many and grow; a plan that a rule cannot bear must be found by whoever writes
    # the rule, and not by chance in the work of another.
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# --- plans ------------------------------------------------------------------------------------


def words(vocabulary_: type[vocabulary.Term], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([t.value for t in vocabulary_]), max_size=most, unique=True)


def stated(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Stated or left out, the latter as often."""
    return st.none() | strategy


def word(vocabulary_: type[vocabulary.Term]) -> st.SearchStrategy[str]:
    return st.sampled_from([t.value for t in vocabulary_])


YEARS = st.sampled_from(["2019", "2023", "2024", "2024-05-01", "2026"])


def years(draw: st.DrawFn) -> Tree:
    since, until = draw(stated(YEARS)), draw(st.none() | st.none() | YEARS)
    if since and until and since[:4] > until[:4]:
        since, until = until, since
    return {"since": since, "until": until}


@st.composite
def agencies(draw: st.DrawFn, an_id: str, others: list[str]) -> Tree:
    functions = draw(words(Function, 4))
    lacks = [f for f in draw(words(Function, 2)) if f not in functions]
    return {
        "id": an_id,
        "name": f"Office {an_id}",
        "sector": draw(stated(word(Sector))),
        "roles": draw(words(Role, 2)),
        "functions": functions,
        "lacks": lacks,
        "level": draw(stated(word(Level))),
        "country": draw(st.sampled_from([None, None, "TH", "NO"])),
        "accepts": draw(stated(words(Group))),
        "part_of": draw(st.sampled_from([None, None, None, *others])),
        "hours": draw(stated(word(Hours))),
        "coverage": draw(stated(word(Coverage))),
        "means": draw(stated(word(Means))),
        "capacity": draw(st.sampled_from([None, 0, 12])),
        "network": draw(st.sampled_from([None, True, False])),
        "interviews": draw(st.sampled_from([None, True, False])),
        "charges_fee": draw(st.sampled_from([None, True, False])),
        "sources": draw(st.sampled_from([[], ["s1"], ["s1", "s2"]])),
        **years(draw),
    }


@st.composite
def handoffs(draw: st.DrawFn, an_id: str, ids: list[str]) -> Tree:
    ends = st.sampled_from([*ids, *ids, *PARTICIPANTS])
    limit = st.fixed_dictionaries({"max": st.sampled_from(["PT24H", "P30D", "P1Y"])})
    return {
        "id": an_id,
        "from": draw(ends),
        "to": draw(ends),
        "pillars": draw(st.lists(word(Pillar), min_size=1, max_size=3, unique=True)),
        "kind": draw(word(HandoffKind)),
        "stage": draw(stated(word(Stage))),
        "what": draw(st.sampled_from([None, "a case"])),
        "trigger": draw(st.sampled_from([None, "signs"])),
        "basis": draw(st.sampled_from([None, "Act s 5"])),
        "form": draw(st.sampled_from([None, "RB.1"])),
        "inferred": draw(st.sampled_from([None, None, "the receiver"])),
        "data": draw(stated(word(Data))),
        "stay": draw(st.sampled_from([None, "P30D"])),
        "within": draw(stated(limit)),
        "only_for": draw(words(Group, 2)),
        "conditions": draw(words(Condition, 2)),
        "needs": draw(words(Need, 3)),
        "status": draw(st.sampled_from(["in_force"] * 4 + [s.value for s in Status])),
        "fallback": draw(st.sampled_from([None, None, *ids])),
        "sources": draw(st.sampled_from([[], ["s1"], ["s2"]])),
        **years(draw),
    }


def _without_none(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {k: _without_none(v) for k, v in tree.items() if v is not None}
    return tree


@st.composite
def plans(draw: st.DrawFn) -> Tree:
    """A plan as a plain tree, with every field of the format stated now and then."""
    count = draw(st.integers(0, 8))
    ids = [f"a{i}" for i in range(count)]
    ways = draw(st.integers(0, 14)) if ids else 0
    return {
        "format": 1,
        "plan": {
            "id": "p",
            "title": "P",
            "country": draw(st.sampled_from([None, "TH"])),
            "as_of": "2024",
            "completeness": draw(word(Completeness)),
        },
        "sources": [
            {"id": "s1", "title": "Law", "kind": "statute"},
            {"id": "s2", "title": "Report"},
        ],
        "agencies": [_without_none(draw(agencies(i, [o for o in ids if o != i]))) for i in ids],
        "handoffs": [_without_none(draw(handoffs(f"h{i}", ids))) for i in range(ways)],
    }


# --- what the rules say of them -----------------------------------------------------------------


def graph_of(tree: Tree) -> PlanGraph:
    return PlanGraph(Plan.model_validate(_without_none(tree)))


def told(tree: Tree, renamed: Mapping[str, str] | None = None) -> Told:
    """Of each finding: the rule, which answer, and about what, under its old name."""
    old = {new: was for was, new in (renamed or {}).items()}
    audit = run(graph_of(tree), BUILT_IN)
    assert audit.crashes == (), "\n".join(c.trace for c in audit.crashes)
    found = [
        (
            f.code,
            f.state.value,
            str(f.about[0].ref.kind),
            old.get(f.about[0].ref.id, f.about[0].ref.id),
        )
        for f in audit.findings
    ]
    assert len(set(found)) == len(found), sorted(f for f in found if found.count(f) > 1)
    return frozenset(found)


def same(before: Told, after: Told) -> None:
    assert not (before ^ after), {
        "no longer said": sorted(before - after),
        "newly said": sorted(after - before),
    }


@given(plans())
@thorough
def test_no_rule_falls_over_and_none_says_a_thing_twice(tree: Tree) -> None:
    told(tree)


@given(plans(), st.randoms(use_true_random=False))
@thorough
def test_the_order_of_the_file_changes_nothing(tree: Tree, random: Any) -> None:
    shuffled = dict(tree)
    for part in ("agencies", "handoffs", "sources"):
        shuffled[part] = random.sample(tree[part], len(tree[part]))
    same(told(tree), told(shuffled))


def _renamed(tree: Tree, new: Mapping[str, str], label: Callable[[str], str]) -> Tree:
    def name(value: Any, key: str) -> Any:
        if key in ("id", "from", "to", "part_of", "fallback"):
            return new.get(value, value)
        if key in ("name", "title", "what", "trigger", "basis", "form", "inferred"):
            return label(value)
        if key == "sources" and value and isinstance(value[0], str):
            return [new.get(source, source) for source in value]
        if isinstance(value, list):
            return [name(v, "") for v in value]
        if isinstance(value, dict):
            return {k: name(v, k) for k, v in value.items()}
        return value

    return {key: name(value, key) for key, value in tree.items()}


@given(plans())
@thorough
def test_ids_and_labels_change_nothing(tree: Tree) -> None:
    ids = [thing["id"] for part in ("agencies", "handoffs", "sources") for thing in tree[part]]
    # New ids sort the other way round, and none begins as its like did.
    new = {an_id: f"{'zyx'[i % 3]}{len(ids) - i}" for i, an_id in enumerate(ids)}
    other = _renamed(tree, new, lambda text: f"หน่วย; {text[::-1]}, and (police) shelter")
    same(told(tree), told(other, new))


@given(plans())
@thorough
def test_what_is_beside_the_point_changes_nothing(tree: Tree) -> None:
    more = {
        **tree,
        "agencies": [{"id": "beside", "name": "An office beside it all"}, *tree["agencies"]],
        "sources": [*tree["sources"], {"id": "s3", "title": "Press", "kind": "press"}],
    }
    before, after = told(tree), told(more)
    if graph_of(tree).agencies:  # with the first agency a plan begins to be one
        same(before, after)


@given(plans())
@thorough
def test_every_view_of_a_plan_can_be_asked(tree: Tree) -> None:
    graph = graph_of(tree)
    views = [graph.as_of(None), graph.as_of(2018), graph.only("protect"), graph.spoken_of()]
    views += [graph.for_group("children"), graph.for_group("men", "foreign_nationals")]
    views += [graph.without(a.id) for a in graph.agencies[:1]]
    for view in views:
        assert run(view, BUILT_IN).crashes == ()


# --- the examples of the pages ------------------------------------------------------------------


def _example(rule: Rule, heading: str, completeness: Completeness) -> PlanGraph:
    plan, _ = formats.read(rule.page[heading].encode(), "example.yaml")
    facts = plan.facts.model_copy(update={"completeness": completeness})
    return PlanGraph(plan.model_copy(update={"facts": facts}))


@pytest.mark.parametrize("completeness", Completeness)
@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_what_is_mended_stays_mended(rule: Rule, completeness: Completeness) -> None:
    """At its own date, at any, and where only the pillars of the rule are looked at."""
    graph = _example(rule, "Mended", completeness)
    views = [graph, graph.as_of(graph.plan.facts.as_of), graph.as_of(None), graph.spoken_of()]
    for view in [*views, graph.only(*rule.pillars)]:
        audit = run(view, [rule])
        assert audit.crashes == ()
        assert audit.findings == ()


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_what_is_broken_is_told_whatever_the_order(rule: Rule) -> None:
    graph = _example(rule, "Broken", Completeness.COMPLETE)
    turned = graph.plan.model_copy(
        update={
            "agencies": graph.plan.agencies[::-1],
            "handoffs": graph.plan.handoffs[::-1],
        }
    )
    found, other = (
        {f.about[0].ref for f in run(g, [rule]).findings} for g in (graph, PlanGraph(turned))
    )
    assert found == other
    assert all(ref.kind in Kind for ref in found)
