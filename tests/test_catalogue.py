"""The knowledge that travels with the library: whole, consistent, and every part with a rule."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml

import interagency as ia
from interagency.catalogue import (
    Archetype,
    archetypes,
    is_plan,
    needs_of,
    plan_bytes,
    plan_names,
    requirements,
)
from interagency.engine import PLAN, Severity
from interagency.errors import UnknownName
from interagency.rules import BUILT_IN
from interagency.vocabulary import Function, HandoffKind, Instrument, Need, Pillar, Role, Sector

FOLDER = files("interagency").joinpath("catalogue")
STANDARDS: dict[str, Any] = json.loads(FOLDER.joinpath("standards.json").read_bytes())


def test_what_people_edit_and_what_is_read_say_the_same() -> None:
    assert yaml.safe_load(FOLDER.joinpath("standards.yaml").read_bytes()) == STANDARDS


def test_every_archetype_and_every_guarded_handoff_has_exactly_one_rule() -> None:
    wanted = [f"G{n:02}" for n in range(1, 48)] + [f"X{n:02}" for n in range(1, 13)]
    assert list(archetypes()) == wanted[:47]
    assert [g["id"] for g in STANDARDS["guarded_handoffs"]] == wanted[47:]
    own = ["P01", "P02", "P03", "P04", "P05", "P06", "P07", "R01", "R02"]
    assert sorted(r.code for r in BUILT_IN) == sorted([*wanted, *own])


def test_a_waiver_that_waives_nothing_is_found_by_the_engine_itself() -> None:
    idle = ia.Waiver(rule="G01", about=["plan"], because="x")
    plan = ia.load("nepal").plan.model_copy(update={"waivers": (idle,)})
    (found,) = [f for f in ia.audit(plan).findings if f.code not in {r.code for r in BUILT_IN}]
    assert (found.code, found.rule) == ("W01", "waiver-waives-nothing")
    assert found.about[0].ref != PLAN


def test_every_requirement_is_read_with_what_it_rests_on() -> None:
    assert len(requirements()) == len(STANDARDS["requirements"]) == 211
    for an_id, asked in requirements().items():
        assert asked.id == an_id == an_id.upper()
        assert asked.instrument in {i.value for i in Instrument}
        assert asked.strength in ("shall", "should", "may")
        assert asked.verified in ("yes", "partial", "no")
        assert asked.requirement.strip()
        assert asked.binds.strip()
        assert asked.source_url.startswith(("https://", "http://"))
        assert {Pillar(p) for p in asked.pillars}


def test_every_instrument_has_requirements_and_no_other_has() -> None:
    assert {r.instrument for r in requirements().values()} == {i.value for i in Instrument}
    assert {i["id"] for i in STANDARDS["instruments"]} == {i.value for i in Instrument}
    assert len(Instrument) == 13


def test_everything_a_requirement_implies_is_a_word_of_the_vocabulary() -> None:
    for asked in requirements().values():
        assert {Function(f) for f in asked.functions} or asked.handoffs or not asked.functions
        for implied in asked.handoffs:
            assert HandoffKind(implied.kind)
            assert all(Need(need) for need in implied.needs)
            assert asked.handoff_basis in ("explicit", "derived")
            for end in (*implied.senders, *implied.receivers):
                role = end.removeprefix("role:")
                assert end == "person" or (Role(role) if role != end else Sector(end))
    assert sum(len(r.handoffs) for r in requirements().values()) == 262


def test_a_handoff_needs_what_the_requirement_says() -> None:
    assert needs_of("COE-10-1", "funding") == ()
    assert needs_of("NONE-1", "referral") == ()


def test_every_requirement_that_anything_names_exists() -> None:
    known = set(requirements())
    assert {an_id for r in BUILT_IN for an_id in r.requirements} <= known
    for part in ("gap_archetypes", "guarded_handoffs", "essential_handoffs"):
        for entry in STANDARDS[part]:
            assert set(entry["requirements"]) <= known, entry["id"]


def test_every_rule_but_the_plan_s_own_rests_on_a_requirement() -> None:
    assert [r.code for r in BUILT_IN if not r.requirements] == ["P01", "P03"]


@pytest.mark.parametrize("archetype", archetypes().values(), ids=lambda a: str(a.id))
def test_an_archetype_is_whole_and_its_evidence_has_addresses(archetype: Archetype) -> None:
    assert Severity(archetype.severity)
    assert archetype.pillars
    assert archetype.name.strip()
    assert archetype.graph_test.strip()
    assert archetype.means.strip()
    for evidence in archetype.evidence:
        assert evidence.source.strip()
        assert evidence.url.startswith(("https://", "http://"))
        assert evidence.address in ("opened", "seen in search", "not opened")


def test_how_much_evidence_there_is_and_how_far_it_was_looked_at() -> None:
    """Whoever adds a report or opens an address changes these figures, and the README with them."""
    found = Counter(e.address for a in archetypes().values() for e in a.evidence)
    assert found == {"seen in search": 39, "not opened": 22}
    assert sum(not a.evidence for a in archetypes().values()) == 10
    verified = Counter(r.verified for r in requirements().values())
    assert verified == {"yes": 164, "partial": 37, "no": 10}


# --- plans ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", plan_names())
def test_a_bundled_plan_is_found_by_name_and_read(name: str) -> None:
    for written in (name, name.upper(), name.replace("_", "-"), name.replace("_", " ")):
        assert is_plan(written)
        assert plan_bytes(written) == FOLDER.joinpath("plans", f"{name}.yaml").read_bytes()
    plan = ia.load(name).plan
    assert plan.facts.id == name
    assert plan.sources
    for source in plan.sources:
        assert source.url is None or source.url.startswith("http")


def test_a_plan_that_is_not_bundled_is_guessed() -> None:
    assert not is_plan("../plans/nepal")
    with pytest.raises(
        UnknownName, match=r"no bundled plan called 'nepall'\. Did you mean 'nepal'"
    ):
        plan_bytes("nepall")
