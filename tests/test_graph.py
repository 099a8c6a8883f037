"""PlanGraph: what a view shows, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import pytest

from interagency import Agency, Handoff, Plan, PlanFacts, PlanGraph, UnknownName, Waiver, load
from interagency.engine import run
from interagency.quantities import PlanDate
from interagency.rules import BUILT_IN
from interagency.vocabulary import Status


def agency(an_id: str, **more: Any) -> Agency:
    return Agency(id=an_id, name=an_id.title(), **more)


def referral(sender: str, receiver: str, **more: Any) -> Handoff:
    return Handoff(
        sender=sender, receiver=receiver, **{"pillars": ["protect"], "kind": "referral", **more}
    )


def graph(agencies: Iterable[Agency], handoffs: Iterable[Handoff] = (), **facts: Any) -> PlanGraph:
    facts = {"id": "example", "title": "Example", "as_of": 2024, **facts}
    return PlanGraph(
        Plan(facts=PlanFacts(**facts), agencies=tuple(agencies), handoffs=tuple(handoffs))
    )


A, B, C = agency("a"), agency("b"), agency("c")


def ids(things: Iterable[Any]) -> list[str]:
    return [thing.id for thing in things]


@pytest.mark.parametrize(
    ("since", "until", "as_of", "there"),
    [
        (2022, None, 2021, False),
        (2022, None, 2022, True),
        (None, 2022, 2022, True),
        (None, 2022, 2023, False),
        ("2023-07-01", None, 2023, True),
        ("2023-07-01", None, "2023-06-30", False),
        (None, "2023-06-30", 2023, False),
        (None, "2023-06-30", "2023-06", True),
        (2022, 2023, None, True),
    ],
)
def test_a_view_as_of_a_year_shows_its_end(since: Any, until: Any, as_of: Any, there: bool) -> None:
    viewed = graph([A, B], [referral("a", "b", since=since, until=until)]).as_of(as_of)
    assert bool(viewed.handoffs) is there
    assert bool(viewed.absent) is not there


def test_a_handoff_is_not_there_before_its_agency_is() -> None:
    viewed = graph([A, agency("b", since=2022)], [referral("a", "b")]).as_of(2021)
    assert ids(viewed.agencies) == ["a"]
    assert viewed.handoffs == ()
    assert viewed.why_absent(viewed.absent[0]) == "begins in 2022"


@pytest.mark.parametrize(
    ("status", "there"),
    [
        ("in_force", True),
        ("informal", True),
        ("unused", False),
        ("planned", False),
        ("ended", False),
        ("missing", False),
    ],
)
def test_only_what_is_done_is_a_way(status: str, there: bool) -> None:
    viewed = graph([A, B], [referral("a", "b", status=status)])
    assert viewed.reaches(sender="a", receivers=["b"]) is there
    assert viewed.spoken_of().reaches(sender="a", receivers=["b"])
    if not there:
        assert viewed.why_absent(viewed.absent[0]) == f"is {status}"


def test_a_pillar_and_kinds_narrow_the_handoffs_and_not_the_agencies() -> None:
    whole = graph(
        [A, B],
        [
            referral("a", "b", id="r"),
            referral("b", "a", id="f", kind="funding", pillars=["prevent"]),
        ],
    )
    assert ids(whole.only("prevent").handoffs) == ["f"]
    assert ids(whole.of_kinds(["referral"]).handoffs) == ["r"]
    assert len(whole.only("prevent").agencies) == 2


def test_a_group_finds_what_is_open_to_it_and_to_wider_groups() -> None:
    whole = graph(
        [A, B, agency("w", accepts=["women"])],
        [
            referral("a", "b", id="any"),
            referral("a", "b", id="kids", only_for=["children"]),
            referral("a", "b", id="grown", only_for=["adults", "foreign_nationals"]),
            referral("a", "w", id="women"),
        ],
    )
    assert ids(whole.for_group("girls").handoffs) == ["any", "kids"]
    assert ids(whole.for_group("men").handoffs) == ["any", "grown"]
    assert ids(whole.for_group("children", "foreign_nationals").handoffs) == [
        "any",
        "kids",
        "grown",
    ]
    # What serves others is not missing: it was never meant for this group.
    assert whole.for_group("men").absent == ()


def test_without_an_agency_its_handoffs_are_gone_and_not_absent() -> None:
    viewed = graph([A, B, C], [referral("a", "b"), referral("b", "c")]).without("b")
    assert ids(viewed.agencies) == ["a", "c"]
    assert viewed.handoffs == viewed.absent == ()
    with pytest.raises(UnknownName, match="no agency called 'x'"):
        viewed.without("x")


def test_no_way_leads_through_the_person_or_the_public() -> None:
    viewed = graph([A, B], [referral("a", "person"), referral("person", "b")])
    assert viewed.reaches(sender="a", receivers=["person"])
    assert not viewed.reaches(sender="a", receivers=["b"])
    assert viewed.reaches(sender="person", receivers=["b"])
    assert "a" not in viewed.leading_to(["b"])
    assert viewed.gatekeepers(["a"], {"end": ["b"]}) == {}


def test_a_path_is_the_shortest_and_names_its_handoffs() -> None:
    viewed = graph(
        [A, B, C],
        [referral("a", "b", id="1"), referral("b", "c", id="2"), referral("a", "c", id="3")],
    )
    assert ids(viewed.path(sender="a", receivers=["c"])) == ["3"]
    assert ids(viewed.path(sender="b", receivers=["c"])) == ["2"]
    assert viewed.path(sender="c", receivers=["a"]) == ()
    assert viewed.path(sender="a", receivers=["c"], avoiding=["c"]) == ()


def test_money_carries_no_case() -> None:
    viewed = graph([A, B], [referral("a", "b", kind="funding")])
    assert not viewed.reaches(sender="a", receivers=["b"])


def test_a_gatekeeper_stands_on_every_way() -> None:
    hub = graph(
        [A, B, C, agency("d")],
        [referral("a", "b"), referral("b", "c"), referral("b", "d"), referral("c", "d")],
    )
    assert hub.gatekeepers(["a"], {"d": ["d"], "c or d": ["c", "d"]}) == {
        "d": ("d", "b", "a"),
        "c or d": ("b", "a"),
    }


def test_circuits_and_articulation_are_told_in_the_order_of_the_file() -> None:
    ring = graph(
        [A, B, C, agency("d")],
        [referral("c", "a"), referral("a", "b"), referral("b", "c"), referral("c", "d")],
    )
    assert [ids(part) for part in ring.circuits()] == [["a", "b", "c"]]
    assert ids(ring.articulation()) == ["c"]


def test_parallel_handoffs_and_a_handoff_to_oneself_survive_networkx() -> None:
    whole = graph(
        [A, B],
        [
            referral("a", "b", id="1", within={"max": "PT24H"}, needs=["consent"]),
            referral("a", "b", id="2", kind="funding"),
            referral("a", "a", id="self"),
            referral("person", "a", id="in"),
        ],
        note="kept",
    )
    copy = whole.to_networkx()
    assert isinstance(copy, nx.MultiDiGraph)
    assert set(copy.edges(keys=True)) == {
        ("a", "b", "1"),
        ("a", "b", "2"),
        ("a", "a", "self"),
        ("person", "a", "in"),
    }
    assert copy.edges["a", "b", "1"]["within"] == {"max": "PT24H"}
    assert copy.nodes["a"]["label"] == "A"
    back = PlanGraph.from_networkx(copy)
    assert {h.id: h for h in back.plan.handoffs} == {h.id: h for h in whole.plan.handoffs}
    assert back.plan.facts == whole.plan.facts
    copy.remove_node("a")  # a copy, ours to change
    assert len(whole.handoffs) == 4


def test_a_view_survives_networkx_without_what_it_does_not_show() -> None:
    whole = Plan(
        facts=PlanFacts(id="x", title="X", as_of=2024),
        agencies=(A, agency("b", until=2020)),
        handoffs=(referral("a", "b"),),
        waivers=(Waiver(rule="G01", about=["b"], because="gone"),),
    )
    back = PlanGraph.from_networkx(PlanGraph(whole).to_networkx())
    assert ids(back.plan.agencies) == ["a"]
    assert back.plan.waivers == ()


def test_asking_changes_nothing_and_views_are_shared() -> None:
    whole = graph([A, B], [referral("a", "b")])
    assert whole.as_of(2024) is whole
    assert whole.only("protect").only("protect").view == whole.only("protect").view
    with pytest.raises(UnknownName):
        whole.agency("z")
    with pytest.raises(UnknownName):
        whole.handoff("z")
    assert whole.name("person") == "The person"
    assert whole.name("z") == "z"


def test_a_focus_shows_an_agency_with_its_neighbours_and_asks_about_all() -> None:
    whole = graph(
        [A, B, C, agency("d", roles=["detecting_agency"])],
        [referral("a", "b"), referral("b", "c"), referral("c", "d")],
    )
    focused = whole.focus("b")
    assert ids(focused.handoffs) == ["a-b", "b-c"]
    assert focused.absent == ()
    assert len(focused.agencies) == 4
    assert focused.of_all_pillars.handoffs == whole.handoffs
    with pytest.raises(UnknownName, match="'z'"):
        whole.focus("z")
    told = {f.id for f in run(whole, BUILT_IN).findings if "b" in f.agencies}
    assert {f.id for f in run(focused, BUILT_IN).findings} == told


def test_what_was_missing_at_another_time_is_neither_there_nor_missing_now() -> None:
    graph = load("thailand")
    gone = graph.plan.handoffs[0].model_copy(
        update={"status": Status.MISSING, "until": PlanDate.parse(2020)}
    )
    plan = graph.plan.model_copy(update={"handoffs": (gone, *graph.plan.handoffs[1:])})
    now, then = (PlanGraph(plan).as_of(year) for year in (2024, 2019))
    assert gone.id not in {h.id for h in (*now.handoffs, *now.absent)}
    assert gone.id in {h.id for h in then.absent}
