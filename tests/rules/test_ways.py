"""Rules about where a case can come to: G01, G02, G03, G06, G09, G13, G14, G16."""

from __future__ import annotations

import pytest
from asking import Ask

NAVY_AND_PANEL = """
    agencies:
      - {id: navy, name: Navy, roles: [detecting_agency]}
      - {id: port, name: Port office}
      - {id: panel, name: Panel, roles: [identification_authority]}
    handoffs:
"""


@pytest.mark.parametrize(
    ("handoffs", "complete", "as_of", "told"),
    [
        ("[]", True, None, ["gap G01:navy"]),
        ("[]", False, None, ["question G01:navy"]),
        (
            "[{from: navy, to: port, pillars: [protect], kind: referral}]",
            True,
            None,
            ["gap G01:navy"],
        ),
        (
            "[{from: navy, to: port, pillars: [protect], kind: referral},"
            " {from: port, to: panel, pillars: [prosecute], kind: notification}]",
            True,
            None,
            ["met"],
        ),
        (
            "[{from: navy, to: panel, pillars: [protect], kind: reporting}]",
            True,
            None,
            ["gap G01:navy"],
        ),
        (
            "[{from: navy, to: panel, pillars: [protect], kind: feedback}]",
            True,
            None,
            ["gap G01:navy"],
        ),
        (
            "[{from: navy, to: person, pillars: [protect], kind: referral},"
            " {from: person, to: panel, pillars: [protect], kind: complaint}]",
            True,
            None,
            ["gap G01:navy"],
        ),
    ],
)
def test_a_detector_needs_a_way_of_case_handoffs(
    ask: Ask, handoffs: str, complete: bool, as_of: int | None, told: list[str]
) -> None:
    text = NAVY_AND_PANEL.rstrip() + f" {handoffs}\n"
    assert ask("G01", text, complete=complete, as_of=as_of) == told


@pytest.mark.parametrize("status", ["missing", "planned", "unused", "ended"])
def test_what_is_spoken_of_and_not_there_makes_a_gap_in_a_partial_plan(
    ask: Ask, status: str
) -> None:
    line = f"{{from: navy, to: panel, pillars: [protect], kind: referral, status: {status}}}"
    text = NAVY_AND_PANEL.rstrip() + f" [{line}]\n"
    assert ask("G01", text, complete=False) == ["gap G01:navy"]


def test_what_is_done_by_habit_is_a_way(ask: Ask) -> None:
    line = "{from: navy, to: panel, pillars: [protect], kind: referral, status: informal}"
    assert ask("G01", NAVY_AND_PANEL.rstrip() + f" [{line}]\n") == ["met"]


def test_a_way_that_begins_later_is_a_gap_before_and_none_after(ask: Ask) -> None:
    line = "{from: navy, to: panel, pillars: [protect], kind: referral, since: 2022}"
    text = NAVY_AND_PANEL.rstrip() + f" [{line}]\n"
    assert ask("G01", text, complete=False, as_of=2021) == ["gap G01:navy"]
    assert ask("G01", text, complete=False, as_of=2022) == ["met"]


def test_that_nobody_identifies_is_told_once(ask: Ask) -> None:
    text = """
    agencies:
      - {id: navy, name: Navy, roles: [detecting_agency]}
      - {id: line, name: Hotline, functions: [hotline_operation]}
    handoffs: []
    """
    assert ask("G01", text) == ["gap G01:plan"]


def test_a_plan_without_detectors_is_no_matter_for_detectors(ask: Ask) -> None:
    text = """
    agencies: [{id: panel, name: Panel, roles: [identification_authority]}]
    handoffs: []
    """
    assert ask("G01", text) == ["does not apply"]


REMOVAL = """
    agencies:
      - {{id: border, name: Border police, sector: border_control, roles: [detecting_agency]}}
      - {{id: office, name: Immigration, sector: immigration_authority}}
      - {{id: cells, name: Cells, sector: detention_authority}}
      - {{id: mission, name: Embassy, sector: foreign_affairs_consular, roles: [detecting_agency]}}
      - {{id: panel, name: Panel, roles: [identification_authority]}}
    handoffs:
      {lines}
"""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            "- {id: x, from: border, to: office, pillars: [prosecute], kind: custody_transfer}",
            ["gap G02:x"],
        ),
        (
            "- {id: x, from: border, to: office, pillars: [protect], kind: referral,"
            " stage: legal_status}",
            ["does not apply"],
        ),
        (
            "- {id: x, from: border, to: panel, pillars: [protect], kind: referral}\n"
            "      - {id: y, from: panel, to: office, pillars: [protect], kind: custody_transfer}",
            ["met"],
        ),
        (  # the first step of a way is told, not what hangs on it
            "- {id: x, from: border, to: cells, pillars: [prosecute], kind: custody_transfer}\n"
            "      - {id: y, from: cells, to: office, pillars: [protect], kind: custody_transfer}",
            ["gap G02:x"],
        ),
        (  # a way over a notice counts
            "- {id: x, from: border, to: office, pillars: [prosecute], kind: notification}\n"
            "      - {id: y, from: office, to: person, pillars: [prosecute], kind: decision,"
            " stage: return_reintegration}",
            ["gap G02:y"],
        ),
        (  # home from abroad
            "- {id: x, from: mission, to: border, pillars: [protect], kind: referral,"
            " stage: return_reintegration}",
            ["does not apply"],
        ),
        (  # with consent
            "- {id: x, from: border, to: office, pillars: [protect], kind: referral,"
            " stage: return_reintegration, conditions: [consent_given]}",
            ["does not apply"],
        ),
        (  # nothing leads to it
            "- {id: x, from: office, to: cells, pillars: [prosecute], kind: custody_transfer}",
            ["does not apply"],
        ),
        (
            "- {id: x, from: border, to: office, pillars: [prosecute], kind: custody_transfer,"
            " status: planned}",
            ["does not apply"],
        ),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_removal_must_lie_behind_identification(
    ask: Ask, lines: str, told: list[str], complete: bool
) -> None:
    """A way that the plan states is a gap in a partial plan as well."""
    assert ask("G02", REMOVAL.format(lines=lines), complete=complete) == told


GATE = """
    agencies:
      - {{id: police, name: Police, sector: law_enforcement,
         roles: [detecting_agency, identification_authority]}}
      - {{id: line, name: Hotline, roles: [detecting_agency]}}
      - {{id: panel, name: Panel, roles: [identification_authority]}}
      - {{id: shelter, name: Shelter, roles: [service_provider{more}]}}
    handoffs:
      - {{from: person, to: police, pillars: [protect], kind: complaint}}
      - {{from: police, to: shelter, pillars: [protect], kind: referral}}
      {lines}
"""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", ["gap G03:police"]),
        ("- {from: line, to: police, pillars: [protect], kind: referral}", ["gap G03:police"]),
        ("- {from: line, to: shelter, pillars: [protect], kind: notification}", ["gap G03:police"]),
        ("- {from: line, to: shelter, pillars: [protect], kind: referral}", ["met"]),
        ("- {from: public, to: shelter, pillars: [protect], kind: notification}", ["met"]),
        (
            "- {from: line, to: panel, pillars: [protect], kind: notification}\n"
            "      - {from: panel, to: shelter, pillars: [protect], kind: referral}",
            ["met"],
        ),
    ],
)
def test_a_gate_is_an_identifier_on_every_way_to_help(
    ask: Ask, lines: str, told: list[str]
) -> None:
    assert ask("G03", GATE.format(lines=lines, more="")) == told


def test_a_helper_that_is_met_first_is_no_gate(ask: Ask) -> None:
    assert ask("G03", GATE.format(lines="", more=", detecting_agency")) == ["met"]


def test_two_gates_in_a_row_are_one_trouble(ask: Ask) -> None:
    text = """
    agencies:
      - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
      - {id: panel, name: Panel, roles: [identification_authority]}
      - {id: shelter, name: Shelter, roles: [service_provider]}
    handoffs:
      - {from: police, to: panel, pillars: [protect], kind: evidence_transfer}
      - {from: panel, to: shelter, pillars: [protect], kind: referral}
    """
    assert ask("G03", text) == ["gap G03:panel"]


HELP = """
    agencies:
      - {{id: panel, name: Panel, roles: [identification_authority]}}
      - {{id: other, name: Other, {other}}}
    handoffs: [{{from: panel, to: other, pillars: [protect], kind: {kind}}}]
"""


@pytest.mark.parametrize(
    ("other", "kind", "told"),
    [
        ("roles: [service_provider]", "referral", ["met"]),
        ("functions: [medical_care]", "request_for_assistance", ["met"]),
        ("functions: [medical_care]", "notification", ["gap G06:panel"]),
        ("sector: health", "referral", ["met"]),
        ("sector: legal_aid", "referral", ["met"]),
        ("sector: immigration_authority, functions: [residence_status]", "decision", ["met"]),
        ("sector: immigration_authority", "decision", ["gap G06:plan"]),
        ("sector: law_enforcement", "referral", ["gap G06:plan"]),
    ],
)
def test_who_is_identified_must_come_into_care(
    ask: Ask, other: str, kind: str, told: list[str]
) -> None:
    assert ask("G06", HELP.format(other=other, kind=kind)) == told


def test_who_identifies_and_helps_needs_no_way(ask: Ask) -> None:
    text = """
    agencies:
      - {id: centre, name: Centre, roles: [identification_authority, service_provider]}
    handoffs: []
    """
    assert ask("G06", text) == ["met"]


NGO = """
    agencies:
      - {{id: ngo, name: NGO, sector: ngo_service_provider{more}}}
      - {{id: panel, name: Panel, roles: [identification_authority]}}
      - {{id: fund, name: Fund}}
    handoffs: [{lines}]
"""
IN = "{from: panel, to: ngo, pillars: [protect], kind: referral}"
PAID = "{from: fund, to: ngo, pillars: [protect], kind: funding}"
OUT = "{from: ngo, to: panel, pillars: [protect], kind: information_sharing}"
FROM_PERSON = "{from: person, to: ngo, pillars: [protect], kind: request_for_assistance}"


@pytest.mark.parametrize(
    ("more", "lines", "told"),
    [
        ("", f"{IN}, {OUT}", ["met"]),
        ("", f"{PAID}, {OUT}", ["met"]),
        ("", f"{FROM_PERSON}, {OUT}", ["gap G09:ngo"]),
        ("", IN, ["gap G09:ngo"]),
        ("", OUT, ["gap G09:ngo"]),
        (", functions: [victim_identification]", PAID, ["met"]),
        (", functions: [victim_identification]", "", ["gap G09:ngo"]),
    ],
)
def test_an_ngo_receives_and_starts(ask: Ask, more: str, lines: str, told: list[str]) -> None:
    assert ask("G09", NGO.format(more=more, lines=lines)) == told


ASYLUM = """
    agencies:
      - {{id: asylum, name: Asylum, sector: asylum_authority{more}}}
      - {{id: panel, name: Panel, roles: [identification_authority]}}
    handoffs: [{lines}]
"""
THERE = "{from: asylum, to: panel, pillars: [protect], kind: referral}"
BACK = "{from: panel, to: asylum, pillars: [protect], kind: notification}"


@pytest.mark.parametrize(
    ("more", "lines", "told"),
    [
        ("", f"{THERE}, {BACK}", ["met"]),
        ("", THERE, ["gap G13:asylum"]),
        ("", BACK, ["gap G13:asylum"]),
        ("", "", ["gap G13:asylum"]),
        (", functions: [victim_identification]", "", ["gap G13:asylum"]),
        (", roles: [identification_authority]", "", ["met"]),
    ],
)
def test_asylum_has_a_door_in_both_directions(
    ask: Ask, more: str, lines: str, told: list[str]
) -> None:
    assert ask("G13", ASYLUM.format(more=more, lines=lines)) == told


DETENTION = """
    agencies:
      - {{id: cells, name: Cells, sector: detention_authority{more}}}
      - {{id: shelter, name: Shelter, roles: [service_provider]}}
      - {{id: court, name: Court}}
    handoffs: [{{from: cells, to: {to}, pillars: [protect], kind: {kind}}}]
"""


@pytest.mark.parametrize(
    ("more", "to", "kind", "told"),
    [
        ("", "shelter", "referral", ["met"]),
        ("", "shelter", "notification", ["met"]),
        ("", "shelter", "reporting", ["gap G14:cells"]),
        ("", "court", "referral", ["gap G14:cells"]),
        (", functions: [medical_care]", "court", "referral", ["gap G14:cells"]),
        (", functions: [victim_identification]", "court", "referral", ["does not apply"]),
    ],
)
def test_a_case_leads_out_of_detention(
    ask: Ask, more: str, to: str, kind: str, told: list[str]
) -> None:
    assert ask("G14", DETENTION.format(more=more, to=to, kind=kind)) == told


LABOUR = """
    agencies:
      - {{id: office, name: Office, {office}}}
      - {{id: aliens, name: Immigration, sector: immigration_authority{aliens}}}
      - {{id: police, name: Police, sector: law_enforcement}}
    handoffs: [{lines}]
"""
TO_POLICE = "{from: office, to: police, pillars: [prosecute], kind: referral}"
OVER_STATUS = (
    "{from: office, to: aliens, pillars: [prosecute], kind: notification},"
    "{from: aliens, to: police, pillars: [prosecute], kind: referral}"
)


@pytest.mark.parametrize(
    ("office", "aliens", "lines", "told"),
    [
        ("sector: labour_inspection", "", TO_POLICE, ["met"]),
        ("sector: labour_inspection", "", "", ["gap G16:office"]),
        ("sector: labour_inspection", "", OVER_STATUS, ["gap G16:office"]),
        (
            "sector: labour_inspection",
            ", functions: [victim_identification]",
            OVER_STATUS,
            ["met"],
        ),
        ("functions: [recruitment_regulation]", "", "", ["gap G16:office"]),
        ("sector: employment_services", "", "", ["does not apply"]),
        (
            "sector: employment_services, functions: [complaint_handling]",
            "",
            "",
            ["gap G16:office"],
        ),
        (
            "sector: labour_inspection, roles: [identification_authority]",
            "",
            "",
            ["does not apply"],
        ),
    ],
)
def test_forced_labour_leads_further_than_pay(
    ask: Ask, office: str, aliens: str, lines: str, told: list[str]
) -> None:
    assert ask("G16", LABOUR.format(office=office, aliens=aliens, lines=lines)) == told


# --- what a way is made of ------------------------------------------------------------------------

ROUND = """
    agencies:
      - {id: labour, name: Labour offices, roles: [detecting_agency]}
      - {id: task, name: Task force}
      - {id: police, name: State police}
      - {id: money, name: Money trail centre}
      - {id: panel, name: Panel, roles: [identification_authority]}
    handoffs:
      - {id: a, from: labour, to: task, pillars: [protect], kind: referral, only_for: [WHOM]}
      - {id: b, from: task, to: police, pillars: [protect], kind: referral}
      - {id: c, from: police, to: labour, pillars: [protect], kind: referral}
"""


def round_with(*lines: str, whom: str = "forced_labour") -> str:
    return ROUND.replace("WHOM", whom) + "".join(f"      - {line}\n" for line in lines)


def to_panel(sender: str = "police", kind: str = "referral", **fields: str) -> str:
    said = {"pillars": "[protect]", "kind": kind, **fields}
    more = "".join(f", {key}: {value}" for key, value in said.items())
    return f"{{id: {sender}-panel, from: {sender}, to: panel{more}}}"


TRAIL = (
    "{id: ask, from: police, to: money, pillars: [prosecute], kind: request_for_assistance,"
    " stage: investigation}"
)
PROSECUTE = "[prosecute]"


@pytest.mark.parametrize("code", ["G01", "R01"])
@pytest.mark.parametrize(
    ("lines", "in_order"),
    [
        ([], False),
        ([to_panel()], True),
        ([to_panel(only_for="[forced_labour]")], True),
        ([to_panel(only_for="[women]")], True),
        ([to_panel(only_for="[sexual_exploitation]")], False),
        ([TRAIL, to_panel("money", "information_sharing", pillars=PROSECUTE,
                          stage="investigation")], False),
        ([to_panel(kind="information_sharing", pillars=PROSECUTE)], True),
        ([to_panel(kind="information_sharing", stage="investigation")], True),
        ([to_panel(kind="evidence_transfer", pillars=PROSECUTE, stage="investigation")], False),
        ([to_panel(kind="notification", pillars=PROSECUTE, stage="investigation")], True),
        ([to_panel(stage="prosecution")], False),
        ([to_panel(stage="compensation")], False),
        ([to_panel(stage="monitoring")], False),
        ([to_panel(stage="return_reintegration")], True),
        ([to_panel(kind="feedback")], False),
        ([to_panel(kind="decision")], False),
    ],
)  # fmt: skip
def test_a_way_to_identification_carries_one_person_all_the_way_and_early(
    ask: Ask, code: str, lines: list[str], in_order: bool
) -> None:
    assert ask(code, round_with(*lines)) == (["met"] if in_order else [f"gap {code}:labour"])


@pytest.mark.parametrize("code", ["G01", "R01"])
def test_where_the_sources_are_silent_on_a_way_out_it_is_asked(ask: Ask, code: str) -> None:
    assert ask(code, round_with(), complete=False) == [f"question {code}:labour"]
    there = to_panel(status="unused")
    assert ask(code, round_with(there), complete=False) == [f"gap {code}:labour"]


def test_help_is_an_exit_of_a_round_and_only_for_those_whom_it_takes(ask: Ask) -> None:
    text = round_with("{from: task, to: house, pillars: [protect], kind: KIND, only_for: [FOR]}")
    text = text.replace(
        "- {id: panel,",
        "- {id: house, name: House, roles: [service_provider]}\n      - {id: panel,",
    )

    def told(kind: str, whom: str) -> list[str]:
        return ask("R01", text.replace("KIND", kind).replace("FOR]", f"{whom}]"))

    assert told("referral", "forced_labour") == ["met"]
    assert told("referral", "sexual_exploitation") == ["gap R01:labour"]
    assert told("information_sharing", "forced_labour") == ["gap R01:labour"]


@pytest.mark.parametrize(
    ("task", "told"),
    [
        ("functions: [material_assistance]", "gap"),
        ("functions: [medical_care]", "gap"),
        ("roles: [service_provider], functions: [legal_assistance]", "gap"),
        ("functions: [material_assistance, emergency_accommodation]", "met"),
        ("functions: [material_assistance, case_management]", "met"),
        ("roles: [case_manager], functions: [psychosocial_care]", "met"),
        ("roles: [service_provider]", "met"),
    ],
)
def test_a_desk_of_the_round_that_helps_is_an_exit_where_the_person_can_stay(
    ask: Ask, task: str, told: str
) -> None:
    """Who hands out blankets and sends the person on to the next desk has ended nothing."""
    text = round_with("{from: police, to: money, pillars: [protect], kind: notification}")
    text = text.replace("id: task,", f"id: task, {task},")
    assert text.count(task) == 1
    assert ask("R01", text) == [told if told == "met" else "gap R01:labour"]
    assert ask("R01", text.replace("roles: [identification_authority]", "level: local")) == ["met"]
    beside = text.replace("id: money,", "id: money, functions: [medical_care],")
    beside = beside.replace("to: money, pillars: [protect], kind: notification",
                            "to: money, pillars: [protect], kind: referral")  # fmt: skip
    assert ask("R01", beside) == ["met"]


def test_a_round_that_no_case_comes_to_is_left_out(ask: Ask) -> None:
    assert ask("R01", round_with().replace(", roles: [detecting_agency]", "")) == ["met"]


def test_agencies_that_share_only_statistics_or_facts_make_no_round(ask: Ask) -> None:
    text = round_with()
    assert ask("R01", text.replace("kind: referral", "kind: information_sharing")) == ["met"]
    assert ask("R01", text.replace("kind: referral", "kind: notification")) == ["gap R01:labour"]


def test_rounds_that_share_an_agency_are_told_as_one(ask: Ask) -> None:
    other = (
        "{from: task, to: labour, pillars: [protect], kind: referral, only_for: [forced_labour]}"
    )
    assert ask("R01", round_with(other)) == ["gap R01:labour"]


def test_limits_elsewhere_in_the_plan_do_not_hide_a_round(ask: Ask) -> None:
    """Kinds of person that are told apart only outside the round go round it together."""
    other = "{from: task, to: money, pillars: [protect], kind: referral, only_for: [women]}"
    assert ask("R01", round_with(other)) == ["gap R01:labour"]


def test_a_plan_with_nobody_who_identifies_or_helps_is_not_asked_for_rounds(ask: Ask) -> None:
    text = round_with().replace(", roles: [identification_authority]", "")
    assert ask("R01", text) == ["does not apply"]


def test_whoever_is_only_taken_for_others_is_helped_by_no_way(ask: Ask) -> None:
    text = """
    agencies:
      - {id: panel, name: Panel, roles: [identification_authority]}
      - {id: desk, name: Desk}
      - {id: house, name: House, roles: [service_provider]}
    handoffs:
      - {from: panel, to: desk, pillars: [protect], kind: referral, only_for: [children]}
      - {from: desk, to: house, pillars: [protect], kind: referral, only_for: [women]}
    """
    assert ask("G06", text) == ["gap G06:panel"]
    assert ask("G06", text.replace("[women]", "[girls]")) == ["met"]
