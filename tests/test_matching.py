"""Whom a standard means in a plan, and when what it asks for passes between them.

Each way of reading is tried both ways: what it accepts, and a real absence that stays a gap.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from interagency import PlanGraph, load
from interagency.catalogue import Implied, requirements
from interagency.conformance import Answer, Answered, Part, coverage
from interagency.matching import asks_another_state, of_another_state
from interagency.model import Plan

WELL_BUILT = Path(__file__).parent / "evaluation" / "invented" / "well_built.yaml"

PEOPLE = """\
person, public
police: law_enforcement [detecting_agency] (criminal_investigation)
unit: law_enforcement [] () police
border: border_control [detecting_agency]
labour: labour_inspection [detecting_agency]
panel: social_welfare [identification_authority]
desk: social_welfare [case_manager, service_provider]
house: ngo_service_provider [service_provider] (emergency_accommodation)
child: child_protection [service_provider]
guard: child_protection [guardian]
clinic: health [detecting_agency, service_provider]
jobs: employment_services (labour_market_access)
stay: immigration_authority
prison: detention_authority
asylum: asylum_authority
lawyer: legal_aid [legal_representative]
pp: prosecution
court: judiciary
central: central_authority
moj: justice_ministry (state_compensation)
fiu: financial_intelligence
witness: witness_protection
bureau: anti_corruption
consul: foreign_affairs_consular
papers: document_issuing
coord: coordination_body
watch: national_rapporteur
press: media
school: education
finance: legislature_budget
line: hotline
abroad: foreign_counterpart
"""
"""Who can take part: id, sector, [roles], (functions), and what it is part of."""


def _agencies(ids: set[str], changes: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for row in PEOPLE.splitlines()[1:]:
        an_id, rest = row.split(": ", 1)
        if an_id not in ids:
            continue
        sector, _, more = rest.partition(" ")
        agency: dict[str, object] = {"id": an_id, "name": an_id.title(), "sector": sector}
        if "[" in more:
            agency["roles"] = yaml.safe_load(more[more.index("[") : more.index("]") + 1])
        if "(" in more:
            functions = more[more.index("(") + 1 : more.index(")")]
            agency["functions"] = [f.strip() for f in functions.split(",") if f.strip()]
        if more.endswith("police") and "police" in ids:
            agency["part_of"] = "police"
        found.append({**agency, **changes.get(an_id, {})})
    return found


def graph(lines: str, *more: str, changes: dict[str, dict[str, object]] | None = None) -> PlanGraph:
    """A complete plan of lines ``sender receiver kind [stage] [needs]``, parted by semicolons."""
    handoffs = []
    ids = set(more)
    for line in filter(None, map(str.strip, lines.split(";"))):
        sender, receiver, kind, *more_words = line.split()
        stage, needs = more_words[:1], more_words[1:]
        ids |= {sender, receiver}
        handoff = {"from": sender, "to": receiver, "pillars": ["protect"], "kind": kind}
        handoffs.append({**handoff, "needs": needs, **({"stage": stage[0]} if stage else {})})
    return PlanGraph(
        Plan.model_validate(
            {
                "plan": {"id": "t", "title": "T", "as_of": 2024, "completeness": "complete"},
                "agencies": _agencies(ids, changes or {}),
                "handoffs": handoffs,
            }
        )
    )


def asked(of: PlanGraph, requirement: str) -> Answered:
    instrument = requirements()[requirement].instrument
    found = coverage(of, [instrument]).answered
    return next(x for x in found if x.requirement.id == requirement)


def part(of: PlanGraph, requirement: str, what: str) -> tuple[Part, ...]:
    """The parts of a requirement that pass this."""
    return tuple(p for p in asked(of, requirement).parts if p.passes == what)


def met(of: PlanGraph, requirement: str, what: str) -> bool:
    """Whether all of the parts that pass this are met; there must be one."""
    found = part(of, requirement, what)
    assert found
    return all(p.answer is Answer.MET for p in found)


FOUND = "presumed victim with the signs observed"
BEST = "best-interests finding"
STOP = "reasonable-grounds finding: stop removal"
ASKED = "application for closed hearing or identity protection"
FORUM = "parallel proceedings, choice of forum"
REPORT = "activity, cases, obstacles"
SIGNALS = "administrative signals of an offence"
CORRUPT = "suspected complicity of an official"
PRIORITIES = "agreed priorities and procedures"
NOTICE = "person charged is a presumed victim"
THREAT = "protection against a stated threat"
FREED = "suspend removal, release"
STAYS = "authorised stay"

BOTH_WAYS = {
    # Persons go a way; what tells of suspects, or brings nobody there, is none.
    "over the case manager": (
        ("COE-10-1", FOUND),
        "border desk referral; desk panel request_for_assistance",
        "border desk referral; panel desk decision",
    ),
    "not over a later stage": (
        ("PAL-06-3D", "person ready for training, work or school"),
        "desk house referral; desk jobs referral",
        "desk house referral; desk court complaint compensation; court jobs referral",
    ),
    "in the hands of the case manager": (
        ("COE-15-2", "person entitled to a lawyer"),
        "desk house referral; desk lawyer referral",
        "desk lawyer referral; border house referral; border desk referral",
    ),
    "word to the helper": (
        ("COE-10-2B", "presumed victim"),
        "house panel referral; panel house feedback",
        "house panel referral; panel stay notification; stay house referral",
    ),
    "a child to child protection": (
        ("PAL-06-4", "child or person with special needs"),
        "border clinic referral; border child referral; clinic child referral",
        "border clinic referral; child clinic referral",
    ),
    "who is told of a child has to come": (
        ("COE-10-3", "person presumed to be a child"),
        "border child notification",
        "border child reporting; border police notification",
    ),
    "and a notice brings no adult": (
        ("COE-12-1B", "person needing care"),
        "border clinic referral",
        "border clinic notification",
    ),
    "who speaks for the person": (
        ("PAL-06-2A", "what proceedings exist, their timing and result"),
        "pp desk notification trial_protection",
        "pp house notification trial_protection; desk house referral",
    ),
    "a claim to asylum": (
        ("COE-14-5", "person wishing to claim protection"),
        "desk asylum complaint; stay desk referral",
        "desk lawyer complaint; stay desk referral; asylum desk referral",
    ),
    "a case to the unit": (
        ("COE-29-1", "case to the specialised unit"),
        "labour pp notification; border police information_sharing",
        "labour pp notification; border police funding",
    ),
    # Of what is a word, one who is competent is enough; it goes straight, or goes on as a word.
    "one of the listed": (
        ("PAL-06-1", ASKED),
        "lawyer court request_for_assistance; pp lawyer feedback",
        "court lawyer request_for_assistance; pp lawyer feedback",
    ),
    "at the table where the case is": (
        ("PAL-06-1", ASKED),
        "pp court charge",
        "pp court feedback",
    ),
    "of a trial, not of status": (
        ("COE-30", "special measures for testimony"),
        "guard court request_for_assistance trial_protection",
        "guard court request_for_assistance legal_status",
    ),
    "a notice is no request": (
        ("COE-26", NOTICE),
        "panel pp notification legal_status",
        "lawyer court request_for_assistance prosecution; panel lawyer feedback",
    ),
    "over a case manager as a word": (
        ("COE-10-2A", STOP),
        "panel desk decision; desk stay notification",
        "panel desk decision; desk stay request_for_assistance legal_status",
    ),
    "a long way is none": (
        ("COE-14-2", BEST),
        "child desk feedback; desk stay information_sharing",
        "child clinic referral; clinic desk referral; desk stay request_for_assistance",
    ),
    "one permit for another": (
        ("PAL-07", "permit or reasoned refusal"),
        "stay person decision legal_status",
        "stay person decision reflection",
    ),
    "what police are told": (
        ("PAL-06-5", THREAT),
        "house police complaint",
        "house police reporting",
    ),
    "the office for witnesses": (
        ("COE-28-4", "threat against staff"),
        "house witness request_for_assistance; coord police guidance",
        "police witness request_for_assistance; coord house guidance",
    ),
    "not back to where it was": (
        ("UNT-24-1", "threat assessment and admission to protection"),
        "pp police request_for_assistance",
        "police desk feedback; desk police complaint; pp desk training",
    ),
    "the house": (
        ("UNT-20", "case file"),
        "unit pp evidence_transfer; police unit notification",
        "police unit evidence_transfer; unit pp feedback",
    ),
    "the prison, where there is one": (
        ("COE-13", FREED),
        "stay prison notification",
        "panel prison reporting; panel stay notification",
    ),
    "who identifies orders it": (
        ("COE-13", FREED),
        "stay person decision; panel prison decision reflection non_detention",
        "stay person decision; panel prison decision reflection no_removal",
    ),
    "a court orders it": (
        ("COE-13", FREED),
        "stay person decision; court prison order reflection non_detention",
        "stay person decision; labour prison order reflection non_detention",
    ),
    "a permit that holds removal up": (
        ("COE-13", STAYS),
        "stay person decision legal_status no_removal",
        "stay person decision legal_status language",
    ),
    "a hotline passes on": (
        ("UNT-23", "threat or bribe reported"),
        "person line complaint; line police request_for_assistance",
        "person line complaint; line desk referral; coord police guidance",
    ),
    "open to everybody": (
        ("UNT-09", CORRUPT),
        "public bureau complaint; border police notification",
        "public police complaint; border police notification; police bureau funding",
    ),
    "the file says what was found": (
        ("COE-10-3", "result of age assessment"),
        "child panel referral",
        "panel child feedback",
    ),
    # Each sees something else.
    "each reports": (
        ("COE-05-1", REPORT),
        "police coord reporting; labour watch reporting; watch coord reporting",
        "police coord reporting; labour police information_sharing",
    ),
    "each tells the police": (
        ("UNT-27-1F", SIGNALS),
        "labour police notification; border pp information_sharing",
        "labour police notification; border desk referral; desk police complaint",
    ),
    # Guidance, training and funding: every receiver, whoever gives it.
    "every receiver": (
        ("COE-05-1", PRIORITIES),
        "coord police guidance; coord labour training",
        "coord police guidance; labour coord reporting",
    ),
    "money from whoever has it": (
        ("COE-12-5", "contract or grant for services"),
        "finance house funding; coord finance reporting",
        "coord finance funding; coord house guidance",
    ),
    "the public is the community": (
        ("UNT-31-5", "information for the public"),
        "coord public information_sharing",
        "coord police information_sharing",
    ),
    # What both do is done in either direction.
    "at one table": (
        ("PAL-09-3", "design and carrying out of measures"),
        "house coord consultation",
        "house coord feedback; coord house funding",
    ),
    # Between two States.
    "one channel": (
        ("UNT-15-5", FORUM),
        "police abroad information_sharing",
        "police stay information_sharing; stay abroad custody_transfer",
    ),
    "over the central authority": (
        ("UNT-15-5", FORUM),
        "pp central request_for_assistance; central abroad request_for_assistance",
        "pp central feedback; abroad central request_for_assistance",
    ),
    "an answer is no request": (
        ("UNT-18-24", "progress, result, or reasons for refusal"),
        "central abroad feedback",
        "central abroad request_for_assistance",
    ),
    # Money and decisions straight.
    "an order is a decision": (
        ("UNT-25-2", "award to be paid"),
        "court moj order compensation; court fiu order compensation",
        "court fiu order compensation; fiu moj asset_transfer",
    ),
    "to the police as information": (
        ("UNT-12", "financial records and links"),
        "fiu police information_sharing; coord pp guidance",
        "fiu pp information_sharing",
    ),
    "the person is told": (
        ("COE-15-1", "procedures open to the person"),
        "border desk referral; desk person notification",
        "border desk referral; desk person asset_transfer",
    ),
    "evidence answers a request": (
        ("UNT-18-24", "progress, result, or reasons for refusal"),
        "central abroad evidence_transfer",
        "central abroad training",
    ),
    "police are told by a complaint": (
        ("UNT-27-3", "online advert, account or image that points to exploitation"),
        "line police complaint",
        "line police training",
    ),
    "who applies for a stay says why": (
        ("PAL-07", "finding that the person is trafficked, with personal circumstances"),
        "desk stay request_for_assistance",
        "desk stay feedback",
    ),
    "a case that is referred has its file": (
        ("UNT-20", "case file"),
        "police pp referral",
        "police pp notification",
    ),
    "a seat at the table": (
        ("COE-05-1", REPORT),
        "police coord consultation",
        "police coord notification",
    ),
    "what the table agreed": (
        ("COE-05-1", PRIORITIES),
        "police coord consultation; coord labour joint_action",
        "police coord consultation; coord labour notification",
    ),
    "guidance tells the person": (
        ("COE-15-1", "procedures open to the person"),
        "border person guidance",
        "border person training",
    ),
    "a partnership": (
        ("COE-35", "written partnership"),
        "house coord consultation",
        "house coord reporting",
    ),
    "not at another stage": (
        ("COE-10-2A", STOP),
        "panel stay notification identification",
        "panel stay notification return_reintegration",
    ),
    "an office that decides has nobody in hands": (
        ("COE-10-1", FOUND),
        "stay panel referral; desk panel referral",
        "desk stay request_for_assistance; desk panel referral",
    ),
    "a guardian is not found by anybody": (
        ("COE-10-1", FOUND),
        "child guard request_for_assistance; child panel referral",
        "child guard request_for_assistance; guard panel feedback",
    ),
    "nor do persons stand at the prosecutor's door": (
        ("UNT-25-1", "victim met in an investigation"),
        "police house referral; police pp evidence_transfer",
        "pp house referral; police pp evidence_transfer",
    ),
    "a decision goes straight": (
        ("COE-10-1", "decision on the case"),
        "panel person decision",
        "panel desk decision; desk person decision",
    ),
    "and not as word of it": (
        ("COE-10-1", "decision on the case"),
        "panel person notification",
        "panel desk feedback; desk person notification",
    ),
    "data over a case manager": (
        ("COE-29-4", "case and outcome data"),
        "house desk feedback; desk watch reporting",
        "house desk referral; desk watch reporting",
    ),
    "data over their collector": (
        ("COE-29-4", "case and outcome data"),
        "police coord information_sharing; coord watch reporting",
        "police labour information_sharing; labour watch reporting",
    ),
    "whoever is told in public is told": (
        ("COE-05-4", "conditions of legal entry, work and help"),
        "stay public guidance",
        "stay labour guidance",
    ),
    "custody straight to the other State": (
        ("UNT-24-3", "relocated witness"),
        "police abroad custody_transfer",
        "police desk referral; desk abroad referral",
    ),
    "a permit is no word on the trial": (
        ("PAL-06-2A", "what proceedings exist, their timing and result"),
        "pp person feedback prosecution; stay desk feedback",
        "stay person decision legal_status; pp court charge",
    ),
}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_each_reading_accepts_what_does_it_and_nothing_else(name: str) -> None:
    (requirement, what), does, does_not = BOTH_WAYS[name]
    assert met(graph(does), requirement, what)
    absent = graph(does_not)
    assert not met(absent, requirement, what)
    assert not any(p.missing_node for p in part(absent, requirement, what))


# --- who is meant ---------------------------------------------------------------------------


def test_who_leads_in_what_a_sector_is_there_for_stands_in_only_where_nobody_is_of_it() -> None:
    holder = {"stay": {"functions": ["asylum_access"]}}
    what = "person wishing to claim protection"
    line = "desk stay request_for_assistance"
    assert met(graph(line, changes=holder), "COE-14-5", what)
    assert [p.missing_node for p in part(graph(line), "COE-14-5", what)] == [True]
    assert not met(graph(line, "asylum", changes=holder), "COE-14-5", what)


def test_who_removes_holds_and_a_prison_is_told_where_there_is_one() -> None:
    removes = {"stay": {"functions": ["removal"]}}
    assert met(graph("", "stay", changes=removes), "COE-13", FREED)
    assert not met(graph("", "stay", "prison", changes=removes), "COE-13", FREED)


def test_who_gets_children_into_school_is_no_school() -> None:
    able = {"child": {"functions": ["education_access"]}}
    (nobody,) = part(graph("", "child", changes=able), "COE-12-1F", "child for schooling")
    assert nobody.missing == ("education",)


def test_nobody_stands_in_on_both_sides() -> None:
    """A court that can confiscate is not the office it sends its orders to, where there is one."""
    able = {
        "court": {"functions": ["asset_confiscation"]},
        "fiu": {"functions": ["asset_confiscation"]},
    }
    what = "confiscation order"
    assert not met(graph("fiu moj asset_transfer", "court", changes=able), "COE-15-4", what)
    assert met(graph("court fiu order compensation", changes=able), "COE-15-4", what)


def test_an_agency_of_another_state_owes_nothing_here() -> None:
    away = {"abroad": {"roles": ["reintegration_provider"]}}
    what = "returnee for training, work or school"
    alone = graph("desk jobs referral", "abroad", changes=away)
    assert [p.missing for p in part(alone, "COE-16-5", what)] == [("role:reintegration_provider",)]
    at_home = {**away, "house": {"roles": ["reintegration_provider"]}}
    (owed,) = part(
        graph("desk jobs referral", "abroad", "house", changes=at_home), "COE-16-5", what
    )
    assert (owed.answer, owed.senders) == (Answer.GAP, ("house",))


def test_who_has_the_power_itself_needs_nobody_to_tell_it() -> None:
    able = {"labour": {"functions": ["establishment_closure"]}}
    what = "closure or ban to be enforced"
    assert met(graph("", "court", "labour", changes=able), "COE-23-4", what)
    assert not met(graph("", "court", "labour"), "COE-23-4", what)


def test_others_may_train_in_place_of_a_coordinator_and_need_not() -> None:
    what = "methods, victims' rights, co-operation with NGOs"
    assert met(graph("house police training"), "PAL-10-2", what)
    assert met(graph("house police training", "coord"), "PAL-10-2", what)
    (nobody,) = part(graph("", "house", "police"), "PAL-10-2", what)
    assert nobody.missing == ("coordination_body",)
    (owed,) = part(graph("", "house", "police", "coord"), "PAL-10-2", what)
    assert (owed.missing, owed.senders) == ((), ("coord",))


def test_who_assesses_age_itself_needs_nobody_to_tell_it() -> None:
    able = {"panel": {"functions": ["age_assessment"]}}
    what = "result of age assessment"
    assert met(graph("", "panel", "child", changes=able), "COE-10-3", what)
    assert not met(graph("", "panel", "child"), "COE-10-3", what)


def test_training_in_one_thing_is_none_in_another() -> None:
    able = {"coord": {"functions": ["training_programme"]}}
    what = "drafting and executing requests"
    assert met(graph("central pp training"), "UNT-29-3", what)
    assert not met(graph("coord pp training", "central", changes=able), "UNT-29-3", what)


# --- another State's part -------------------------------------------------------------------


def test_what_only_another_state_sends_is_met_by_somebody_who_receives_it() -> None:
    what = "answer on nationality"
    (there,) = part(graph("", "consul", "abroad"), "PAL-08-3", what)
    assert (there.answer, there.by, there.owed) == (Answer.MET, ("consul",), False)
    (nobody,) = part(graph("", "pp", "abroad"), "PAL-08-3", what)
    assert (nobody.answer, nobody.missing_node) == (Answer.GAP, True)


def test_not_asking_another_state_breaches_nothing_and_not_answering_does() -> None:
    not_asking = asked(graph("", "consul", "abroad"), "PAL-08-4")
    assert (not_asking.answer, not_asking.breach) == (Answer.GAP, False)
    not_answering = asked(graph("", "papers", "abroad"), "PAL-13")
    assert (not_answering.answer, not_answering.breach) == (Answer.GAP, True)


def test_who_answers_another_state_does_what_the_provision_obliges_to() -> None:
    """PAL-08-3 lists the question; the duty is the reply."""
    what = "verification of nationality or residence"
    assert met(graph("consul abroad request_for_assistance"), "PAL-08-3", what)
    assert met(graph("consul abroad decision return_reintegration"), "PAL-08-3", what)
    assert not met(graph("abroad consul decision return_reintegration"), "PAL-08-3", what)


def test_those_who_watch_a_convention_need_not_stand_in_a_plan() -> None:
    """CETS 197 art 36: who holds the review answers; where nobody does, that is what is missing."""
    what = "answers to the monitoring body"
    holds = {"watch": {"functions": ["evaluation_review"]}}
    (answering,) = part(graph("", "coord", "watch", changes=holds), "COE-36", what)
    assert (answering.answer, answering.by) == (Answer.MET, ("watch",))
    nobody = asked(graph("", "coord", "watch"), "COE-36")
    assert [p.function for p in nobody.parts if p.answer is Answer.GAP] == ["evaluation_review"]
    assert not any("international_organisation" in p.missing for p in nobody.parts)
    named = {**holds, "school": {"sector": "international_organisation"}}
    there = asked(graph("", "coord", "watch", "school", changes=named), "COE-36")
    assert there.breach
    told = graph("coord school reporting", "watch", changes=named)
    assert not asked(told, "COE-36").breach


def test_who_leads_in_the_recovery_period_may_grant_it() -> None:
    able = {"panel": {"functions": ["reflection_period"]}}
    line = "panel person decision reflection"
    assert met(graph(line, "stay", changes=able), "COE-13", STAYS)
    assert not met(graph(line, "stay"), "COE-13", STAYS)


def test_procedures_come_from_whoever_holds_them() -> None:
    able = {"line": {"functions": ["procedures"]}}
    assert met(graph("line police training", "coord", changes=able), "COE-05-1", PRIORITIES)
    assert not met(graph("line police training", "coord"), "COE-05-1", PRIORITIES)


def test_every_step_of_asking_is_known_as_one() -> None:
    def implied(requirement: str) -> list[tuple[str, bool, bool]]:
        found: tuple[Implied, ...] = requirements()[requirement].handoffs
        return [(h.what, of_another_state(h), asks_another_state(h)) for h in found]

    assert implied("UNT-18-1") == [
        ("draft request for help abroad", False, True),
        ("formal request", False, True),
        ("executed request", True, False),
        ("material received", False, True),
    ]
    assert implied("UNT-13") == [
        ("confiscation request", True, True),
        ("request for execution", False, False),
    ]


# --- functions that live on a handoff -------------------------------------------------------


@pytest.mark.parametrize(
    ("requirement", "what", "line", "ends"),
    [
        ("PAL-05", "charge against the trafficker", "pp court charge", ("pp", "court")),
        ("UNT-20", "case file", "police pp evidence_transfer", ("police", "pp")),
        ("COE-10-1", "decision on the case", "panel person decision", ("panel",)),
        ("UNT-09", "file on an official", "bureau pp evidence_transfer", ("bureau", "pp")),
        ("PAL-06-6", "payment of what was awarded", "moj person asset_transfer", ("moj",)),
    ],
)
def test_a_function_lives_on_a_handoff_between_agencies_that_are_there(
    requirement: str, what: str, line: str, ends: tuple[str, ...]
) -> None:
    assert met(graph(line), requirement, what)
    (open_one,) = part(graph("", *ends), requirement, what)
    assert (open_one.answer, open_one.basis) == (Answer.GAP, "derived")
    assert part(graph("", "school"), requirement, what) == ()
    strict = coverage(graph("", *ends), [requirements()[requirement].instrument], strict=True)
    assert all(p.passes != what for x in strict.answered for p in x.parts)


def test_a_permit_may_rest_on_one_of_its_grounds() -> None:
    """CETS 197 art 14(1): personal situation, co-operation, or both."""
    whole = graph("desk stay request_for_assistance; stay person decision", "police")
    assert not part(whole, "COE-14-1", "stay needed for the proceedings")
    neither = graph("stay person decision", "police", "desk")
    assert not met(neither, "COE-14-1", "stay needed for the proceedings")
    assert not met(neither, "COE-14-1", "personal situation")


# --- a well-built plan ----------------------------------------------------------------------


def test_of_a_well_built_plan_only_what_it_leaves_out_is_a_breach() -> None:
    """Nothing comes back from its central authority, and border guards have no line abroad."""
    breached = {x.requirement.id for x in coverage(load(WELL_BUILT)).answered if x.breach}
    assert breached == {
        "PAL-13",  # nobody answers a question on a document
        "COE-09",
        "UNT-13",  # the central authority passes no request on
        "UNT-18-13",
        "UNT-18-24",  # and tells nobody abroad what became of it
        "UNT-31-6",  # nobody tells the United Nations whom to ask
        "COE-07-6",  # border guards have no channel abroad
        "COE-34-4",  # nor have those who decide on stay
        "COE-36",  # nobody answers those who monitor the convention
    }


# --- taking a true line out of a plan -------------------------------------------------------


DELETED = {
    "police to prosecution, the file": ({"atu-prosecutor"}, {"UNT-20", "COE-23-3", "COE-27-1"}),
    "prosecution to court, the charge": ({"prosecutor-court"}, {"PAL-05", "COE-18"}),
    "the decision to the person": ({"panel-interim", "panel-final"}, {"COE-10-1", "COE-10-2A"}),
    "the decision to help": ({"panel-social"}, {"COE-10-2B", "COE-12-1A", "COE-12-6"}),
    "the decision to immigration": ({"panel-migration"}, {"COE-10-2A", "PAL-07"}),
    "the permit": ({"permit"}, {"PAL-07", "COE-14-1"}),
    "the award to the fund": ({"court-fund"}, {"UNT-25-2"}),
    "payment": ({"fund-person"}, {"PAL-06-6", "UNT-25-2", "COE-15-4"}),
    "every way of a child to child protection": (
        {"school-child", "social-child", "police-child", "border-child"},
        {"PAL-06-4", "COE-10-3"},
    ),
    "every way to the panel": ({"social-panel", "child-panel"}, {"COE-10-1", "PAL-11-1"}),
    "the way to a lawyer": ({"social-lawyers", "guardians-lawyers"}, {"COE-15-2", "COE-12-1E"}),
    "the police abroad": ({"atu-abroad"}, {"UNT-27-1A", "COE-33-1"}),
    "the request abroad": ({"prosecutor-central"}, {"UNT-18-18"}),
    "the channel on officials": ({"atu-anticorr"}, {"UNT-09"}),
    "their file": ({"anticorr-prosecutor"}, {"UNT-09"}),
    "the shield of witnesses": ({"prosecutor-witness"}, {"UNT-24-1"}),
    "money for those who help": (
        {"coord-shelter_w", "coord-shelter_m", "coord-outreach"},
        {"COE-12-5"},
    ),
}


@pytest.mark.parametrize("name", DELETED)
def test_a_true_line_that_is_taken_out_is_missed(name: str) -> None:
    gone, wanted = DELETED[name]
    whole = load(WELL_BUILT)
    kept = tuple(h for h in whole.plan.handoffs if h.id not in gone)
    assert len(kept) == len(whole.plan.handoffs) - len(gone)
    before, after = (
        {x.requirement.id for x in coverage(g).answered if x.answer is Answer.MET}
        for g in (whole, PlanGraph(whole.plan.model_copy(update={"handoffs": kept})))
    )
    assert wanted <= before
    assert not wanted & after


@pytest.mark.parametrize(
    ("requirement", "line"),
    [
        ("ACT-14-3", "panel abroad notification"),
        ("ACT-14-3", "consul abroad notification"),
        ("COE-27-2", "consul abroad complaint"),
        ("PAL-08-4", "consul abroad request_for_assistance"),
    ],
)
def test_notice_over_a_consulate_is_missed(requirement: str, line: str) -> None:
    ends = ("panel", "consul", "abroad")
    abroad = "foreign_counterpart"

    def open_ones(of: PlanGraph) -> list[Part]:
        found = asked(of, requirement).parts
        return [p for p in found if p.basis == "explicit" and p.answer is Answer.GAP]

    assert requirements()[requirement].handoffs[0].receivers == (abroad,)
    assert open_ones(graph(line, *ends)) == []
    assert len(open_ones(graph("", *ends))) == 1
