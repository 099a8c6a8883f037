"""The journey of a person: its ways, its cards and its time limits."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from plans import REAL, finding, invented, plan_of, real

import interagency
from interagency.charts.checker import check
from interagency.charts.frame import Edition
from interagency.charts.pathway import pathway
from interagency.charts.pathway_ways import (
    Look,
    Node,
    Times,
    Ways,
    begins,
    on_a_way,
    serves,
    ways,
)
from interagency.charts.scene import Direction, Scene
from interagency.charts.theme import PAGES
from interagency.charts.wording import ENGLISH
from interagency.graph import PlanGraph
from interagency.quantities import Duration
from interagency.vocabulary import Completeness, HandoffKind

AGENCIES = [
    {"id": "police", "name": "Police", "roles": ["identification_authority"]},
    {"id": "shelter", "name": "Shelter", "roles": ["service_provider"]},
    {"id": "home", "name": "Home services"},
    {"id": "labour", "name": "Labour inspection", "roles": ["detecting_agency"]},
]


def step(sender: str, receiver: str, **more: object) -> dict[str, object]:
    return {
        "id": f"{sender}-{receiver}", "from": sender, "to": receiver, "pillars": ["protect"],
        "kind": "referral", **more,
    }  # fmt: skip


REPORT = step("person", "police", kind="complaint", stage="detection")
CARE = step("police", "shelter", stage="assistance", within={"max": "PT24H"})
RETURN = step("shelter", "home", stage="return_reintegration", within={"max": "P15D"})


def journey(*handoffs: dict[str, object], **facts: object) -> PlanGraph:
    return plan_of(AGENCIES, handoffs, **facts)


def ways_of(graph: PlanGraph, found: tuple[object, ...] = (), columns: int = 5) -> Ways:
    names = {a.id: a.name for a in graph.agencies}
    return ways(graph, found, {}, names, columns)  # type: ignore[arg-type]


def words_of(*scenes: Scene, role: str = "") -> list[str]:
    return [t.text for scene in scenes for t in scene.texts() if not role or t.role == role]


def looks(found: Ways) -> dict[str, Look]:
    return {card.id: card.look for card in found.cards}


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def test_a_way_leads_from_the_person_to_a_lasting_solution() -> None:
    found = ways_of(journey(REPORT, CARE, RETURN))
    assert [card.id for card in found.roots[0].cards()] == [
        "start:person", "person-police", "police-shelter", "shelter-home", "end:shelter-home",
    ]  # fmt: skip


def test_time_limits_add_up_and_a_missing_one_makes_the_sum_a_floor() -> None:
    graph = journey(REPORT, CARE, RETURN)
    so_far = {card.id: card.so_far for card in ways_of(graph).cards}
    assert so_far["police-shelter"] == "at least 24 hours (1 of 2 steps states no limit)"
    assert so_far["shelter-home"] == "at least 16 days (1 of 3 steps states no limit)"
    limited = journey({**REPORT, "within": {"max": "P1D"}}, CARE, RETURN)
    assert {c.id: c.so_far for c in ways_of(limited).cards}["shelter-home"] == "up to 17 days"


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (["PT24H", "PT24H"], "up to 48 hours"),
        (["PT36H", "P2D"], "up to 3 days 12 hours"),
        (["P1M", "P15D"], "up to 1 month 15 days"),
        (["P1W", "P3D"], "up to 10 days"),
        (["PT50M", "PT20M"], "up to 70 minutes"),
        (["PT50M", "PT1H20M"], "up to 2 hours 10 minutes"),
    ],
)
def test_sums_are_exact(limits: list[str], told: str) -> None:
    times = Times()
    for limit in limits:
        times = times.after(Duration(limit))
    assert times.words(ENGLISH) == told


def test_an_agency_that_finds_the_person_begins_a_way() -> None:
    found = ways_of(journey(step("labour", "police"), CARE))
    assert [root.card.id for root in found.roots] == ["start:found"]
    assert "detected:labour" in looks(found)


def test_ways_on_stand_once_and_are_named_elsewhere() -> None:
    found = ways_of(journey(REPORT, step("labour", "police"), CARE))
    cards = {card.id: card for card in found.cards}
    assert cards["person-police"].sign == cards["labour-police"].goes_on == "A"
    assert list(cards).count("police-shelter") == 1


def test_who_has_no_stated_way_to_them_gets_a_beginning_that_says_so() -> None:
    found = ways_of(journey(REPORT, RETURN))
    assert found.roots[-1].card.name == "How the person comes here is not stated"
    assert looks(found)["unknown:shelter"] is Look.FOUND


def test_where_a_way_ends_that_is_said_and_is_no_gap_that_no_audit_found() -> None:
    found = ways_of(journey(REPORT, CARE))
    (end,) = [c for c in found.cards if c.id == "end:police-shelter"]
    assert (end.look, end.name) == (Look.END, "Not stated")
    complete = ways_of(journey(REPORT, CARE, completeness="complete"))
    assert next(c for c in complete.cards if c.look is Look.END).name == "The way ends here"
    for ways_found in (found, complete):
        assert ways_found.count(Look.GAP, Look.QUESTION) == 0


def test_what_a_finding_expects_stands_where_the_way_breaks_off() -> None:
    graph = journey(REPORT, CARE)
    found = ways_of(graph, (finding("G32", question=True, expected=[("shelter", "home")]),))
    assert looks(found)["question:shelter:home"] is Look.QUESTION
    assert "end:police-shelter" not in looks(found)
    worse = (finding("G32", question=True, expected=[("shelter", "home")]),
             finding("G01", expected=[("shelter", "home")]))  # fmt: skip
    assert looks(ways_of(graph, worse))["gap:shelter:home"] is Look.GAP


def test_what_neither_moves_the_person_nor_decides_is_counted() -> None:
    told = step("police", "labour", kind="information_sharing")
    pages = pathway(journey(REPORT, CARE, told))
    assert any("1 other handoff of the plan" in text for text in words_of(*pages, role="note"))
    assert not [i for p in pages for i in p.items if i.id == "police-labour"]


def test_an_appeal_begins_no_way() -> None:
    appeal = journey(step("person", "police", kind="complaint", stage="compensation"))
    assert not begins(appeal.handoffs[0])
    helped = journey(step("person", "shelter", kind="request_for_assistance", stage="assistance"))
    assert begins(helped.handoffs[0])
    assert not serves(helped.handoffs[0])


def test_what_the_person_claims_and_is_paid_stands_on_the_journey() -> None:
    claim = step("person", "home", kind="complaint", stage="compensation")
    paid = step("home", "person", kind="asset_transfer", stage="compensation")
    found = ways_of(journey(REPORT, CARE, claim, paid))
    parents = {child.card.id: node.card.id for root in found.roots for node in nodes(root)
               for child in node.children}  # fmt: skip
    assert (parents["person-home"], parents["home-person"]) == ("start:person", "person-home")
    assert "start:unknown" not in looks(found)
    taken = step("home", "labour", kind="asset_transfer", stage="compensation")
    assert not serves(journey(taken).handoffs[0])


def test_a_decision_says_who_decides_and_brings_nobody_along() -> None:
    order = step("shelter", "home", kind="decision", stage="compensation")
    found = ways_of(journey(REPORT, CARE, order))
    (card,) = [card for card in found.cards if card.id == "shelter-home"]
    assert "decided by: Shelter" in card.details
    assert "end:shelter-home" not in looks(found)


def test_what_is_asked_for_the_person_is_drawn_and_moves_nobody() -> None:
    permit = step("shelter", "labour", kind="request_for_assistance", stage="legal_status")
    found = ways_of(journey(REPORT, CARE, permit))
    (card,) = [card for card in found.cards if card.id == "shelter-labour"]
    assert card.stays
    assert "asked; the person stays" in card.details
    assert not {"end:shelter-labour", "end:police-shelter"} & set(looks(found))
    evidence = step("shelter", "labour", kind="request_for_assistance", stage="investigation")
    assert not serves(journey(evidence).handoffs[0])


def test_what_the_person_is_told_and_who_is_told_of_the_return_stand_on_the_way() -> None:
    told = step("police", "person", kind="notification", stage="reflection")
    back = step("shelter", "labour", kind="notification", stage="return_reintegration")
    found = ways_of(journey(REPORT, CARE, told, back))
    assert {"police-person", "shelter-labour"} <= {card.id for card in found.cards if card.stays}
    early = step("shelter", "labour", kind="notification", stage="assistance")
    assert not serves(journey(early).handoffs[0])


def test_a_way_goes_on_by_a_request_only_where_the_person_comes_by_nothing_else() -> None:
    asked = step("police", "shelter", kind="request_for_assistance", stage="assistance")
    house = step("shelter", "home", stage="assistance")
    found = ways_of(journey(REPORT, asked, house))
    (card,) = [card for card in found.cards if card.id == "shelter-home"]
    assert card.look is Look.STEP
    both = ways_of(journey(REPORT, asked, CARE | {"id": "care"}, house))
    parents = {child.card.id: node.card.id for root in both.roots for node in nodes(root)
               for child in node.children}  # fmt: skip
    assert parents["shelter-home"] == "care"


def test_who_decides_on_identification_is_said() -> None:
    pages = pathway(journey(REPORT, CARE))
    assert "decides on identification" in words_of(*pages)
    nobody = plan_of([{"id": "police", "name": "Police"}], [REPORT])
    assert any("Who decides" in text for text in words_of(*pathway(nobody), role="note"))


def test_a_long_way_goes_on_under_a_beginning_of_its_own() -> None:
    agencies = [{"id": f"a{i}", "name": f"Agency {i}"} for i in range(9)]
    handoffs = [step("person", "a0", kind="complaint")]
    handoffs += [step(f"a{i}", f"a{i + 1}") for i in range(8)]
    graph = plan_of(agencies, handoffs)
    found = ways_of(graph, columns=4)
    assert max(root.depth for root in found.roots) <= 4
    assert len(found.roots) > 2
    assert pathway(graph)


def test_the_strip_says_who_receives_at_each_stage() -> None:
    (page,) = pathway(journey(REPORT, CARE, RETURN))
    names = words_of(page, role="stage-agency")
    assert {"Police", "Shelter", "Home services", "nobody stated"} <= set(names)
    assert "Return and" in words_of(page, role="stage-name")


def test_at_a_stage_without_anybody_absent_and_not_stated_are_kept_apart() -> None:
    (partial,) = pathway(journey(REPORT))
    assert "nobody stated" in words_of(partial, role="stage-agency")
    pages = pathway(journey(REPORT, completeness="complete"))
    names = words_of(*pages, role="stage-agency")
    assert "nobody" in names
    assert "nobody stated" not in names
    grant = step("home", "labour", kind="asset_transfer", stage="compensation")
    names = words_of(*pathway(journey(REPORT, grant)), role="stage-agency")
    assert " ".join(names).count("not drawn: Labour inspection") == 1


def test_a_finding_stands_at_its_handoff_else_as_what_it_expects_else_at_its_agency() -> None:
    graph = journey(REPORT, CARE, RETURN)
    found = ways_of(
        graph,
        (finding("A01", agencies=["shelter"], handoffs=["police-shelter"]),
         finding("A02", agencies=["shelter"], expected=[("shelter", "labour")]),
         finding("A03", agencies=["shelter", "police"]), finding("A04", agencies=["labour"])),
    )  # fmt: skip
    told = {card.id: (list(map(str, card.marks)), list(map(str, card.own))) for card in found.cards}
    assert told["police-shelter"] == (["A01"], ["A03"])
    assert told["gap:shelter:labour"] == (["A02"], [])
    assert told["person-police"] == ([], [])  # it is not what A03 is mainly about
    assert told["detected:labour"] == ([], ["A04"])
    unknown = ways_of(journey(REPORT), (finding("A05", agencies=["home"]), finding("A06")))
    assert [(str(mark), names) for mark, names in unknown.unplaced] == [
        ("A05", ("Home services",)),
        ("A06", ()),
    ]


def test_of_what_a_finding_expects_that_is_drawn_which_stands_on_a_way() -> None:
    told = finding("A01", expected=[("shelter", "labour"), ("police", "home")])
    reply = replace(told.expected[0], kind=HandoffKind.FEEDBACK)
    found = ways_of(journey(REPORT), (replace(told, expected=(reply, told.expected[1])),))
    assert looks(found)["gap:police:home"] is Look.GAP


def test_what_is_missing_from_who_is_on_no_way_stands_under_a_beginning_of_its_own() -> None:
    graph = journey(REPORT, completeness="complete")
    found = ways_of(graph, (finding("A01", agencies=["home"], expected=[("home", "shelter")]),))
    assert found.roots[-1].card.name == "No handoff brings the person here"
    assert looks(found)["gap:home:shelter"] is Look.GAP


def plans_asked() -> Iterator[tuple[str, PlanGraph]]:
    for name in REAL:
        yield name, real(name)
        yield f"{name} children", real(name).for_group("children")
    for seed in range(6):
        yield f"invented {seed}", invented(5 + 4 * seed, 20 + 15 * seed, seed=seed)


ASKED = dict(plans_asked())


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("completeness", Completeness)
def test_the_journey_shows_every_finding_on_persons_and_none_that_is_not_told(
    name: str, completeness: Completeness
) -> None:
    graph = ASKED[name]
    facts = graph.plan.facts.model_copy(update={"completeness": completeness})
    asked = PlanGraph(graph.plan.model_copy(update={"facts": facts}), view=graph.view)
    findings = interagency.audit(asked).findings
    found = ways_of(asked, tuple(findings))
    on_persons = {f"{f.code}?" if f.state == "question" else f.code for f in findings
                  if "protect" in f.pillars}  # fmt: skip
    told = {str(mark) for mark in found.marks}
    assert on_persons <= told
    assert {mark.rstrip("?") for mark in told} <= {f.code for f in findings}
    absent = [card for card in found.cards if card.look in (Look.GAP, Look.QUESTION)]
    assert [card.id for card in absent if not card.marks] == []
    texts = " ".join(words_of(*pathway(asked, findings)))
    assert [f.code for f in findings if "protect" in f.pillars and f.code not in texts] == []


def test_short_ways_stand_side_by_side_where_that_saves_pages() -> None:
    agencies = [{"id": f"a{i}", "name": f"Agency {i}", "roles": ["detecting_agency"]}
                for i in range(24)]  # fmt: skip
    handoffs = [step(f"a{i}", f"a{i + 1}") for i in range(0, 24, 2)]
    pages = pathway(plan_of(agencies, handoffs))
    starts = [{t.x for t in page.texts() if t.role == "start"} for page in pages]
    assert any(max(xs) - min(xs) > pages[0].width / 3 for xs in starts)
    assert all(check(page).faults == () for page in pages)


def test_a_long_way_on_one_page_stays_whole() -> None:
    pages = pathway(journey(REPORT, CARE, RETURN))
    assert len(pages) == 1
    starts = [t.text for t in pages[0].texts() if t.role == "start"]
    assert starts == ["The person", "An agency finds the person itself"]


def test_an_agency_with_no_way_on_gets_no_beginning_of_its_own_for_that() -> None:
    agencies = [{"id": f"a{i}", "name": f"Agency {i}"} for i in range(3)]
    handoffs = [step("person", "a0", kind="complaint"), step("a0", "a1"), step("a1", "a2")]
    found = ways_of(plan_of(agencies, handoffs), columns=4)
    assert [root.card.id for root in found.roots] == ["start:person"]
    (last,) = [card for card in found.cards if card.id == "a1-a2"]
    assert "Not stated: how the person goes on from here" in last.details


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("group", [None, "children"])
def test_a_few_notes_have_no_page_to_themselves(name: str, group: str | None) -> None:
    graph = real(name).for_group(group) if group else real(name)
    pages = pathway(graph, interagency.audit(graph).findings)
    for page in pages:
        if not any(i.role == "box" for i in page.items):
            assert max(t.y for t in page.texts() if t.role == "note") > page.height / 2


def test_of_a_group_only_its_ways_stand() -> None:
    adults = step("police", "home", stage="assistance", only_for=["adults"])
    graph = journey(REPORT, CARE, adults).for_group("children")
    pages = pathway(graph)
    assert "police-home" not in {i.id for page in pages for i in page.items}
    assert words_of(*pages, role="subtitle")[0].startswith("The journey of a person: children")


def test_no_way_at_all_is_said() -> None:
    (page,) = pathway(plan_of([{"id": "a", "name": "Police"}], []))
    assert "No way of a person is stated." in words_of(page)


@pytest.mark.parametrize("paper", PAGES)
@pytest.mark.parametrize("name", REAL)
def test_no_page_of_a_real_plan_has_a_fault(name: str, paper: str) -> None:
    audit = interagency.audit(real(name))
    for page in pathway(audit.graph, audit.findings, edition=Edition(page=PAGES[paper])):
        assert check(page).faults == ()


@pytest.mark.parametrize("seed", range(8))
def test_an_invented_plan_loses_nothing_and_has_no_fault(seed: int) -> None:
    graph = invented(4 + 6 * seed, 25 * seed, seed=seed)
    pages = pathway(graph, edition=Edition(page=PAGES[list(PAGES)[seed % len(PAGES)]]))
    for page in pages:
        assert check(page).faults == ()
    wanted = {h.id for h in graph.handoffs if on_a_way(h)}
    assert wanted <= {i.id for page in pages for i in page.items if i.role == "arrow"}


def test_an_arabic_journey_begins_at_the_right() -> None:
    pages = pathway(journey(REPORT, CARE, RETURN, language="ar"))
    assert pages[0].direction is Direction.RTL
    starts = {t.role: t.x for t in pages[0].texts() if t.role in ("start", "stop")}
    assert starts["start"] > starts["stop"]


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import interagency\n"
        "from interagency.charts.emit.svg import svg\n"
        "from interagency.charts.pathway import pathway\n"
        "audit = interagency.audit(interagency.load('bulgaria'))\n"
        "pages = pathway(audit.graph, audit.findings)\n"
        "print(''.join(svg(page, kind='plain') for page in pages))\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 10_000


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("group", [None, "children"])
def test_every_way_says_how_it_goes_on_or_that_it_ends(name: str, group: str | None) -> None:
    graph = real(name).for_group(group) if group else real(name)
    last = [node.card for root in ways_of(graph).roots for node in nodes(root) if not node.children]
    open_ended = [card for card in last if card.look in (Look.STEP, Look.FOUND)]
    silent = [
        card.id
        for card in open_ended
        if not card.goes_on and not any("the person stays" in detail for detail in card.details)
    ]
    assert silent == []


def test_a_pathway_says_of_which_ladder_its_numbers_are() -> None:
    graph = real("bulgaria")
    whole, children = (words_of(*pathway(g)) for g in (graph, graph.for_group("children")))
    assert "Numbers are those of the ladder." in whole
    assert any("drawn with the same choices" in text for text in children)


def test_what_is_done_by_habit_is_explained_on_a_pathway() -> None:
    (page,) = pathway(real("nepal"))
    legend = [text.text for text in page.texts() if text.role == "legend"]
    assert "Informal: done by habit" in legend
