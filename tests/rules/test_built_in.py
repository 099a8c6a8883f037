"""What holds for every rule that comes with the library."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

import interagency as ia
import interagency.rules
from interagency import PlanGraph
from interagency.engine import Rule
from interagency.errors import UnknownName
from interagency.formats import read
from interagency.rules import BUILT_IN, by_name
from interagency.rules.function_nobody_holds import FLOOR
from interagency.testing import check_examples

FOLDER = Path(interagency.rules.__file__).parent
STANDARDS: dict[str, Any] = yaml.safe_load(
    files("interagency").joinpath("catalogue/standards.yaml").read_text("utf-8")
)
ARCHETYPES = {a["id"]: a for a in STANDARDS["gap_archetypes"]}

every_rule = pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)


def test_no_rule_file_is_forgotten() -> None:
    """A file in the folder that nobody listed would never run."""
    stems = {path.stem.replace("_", "-") for path in FOLDER.glob("[!_]*.py")}
    assert stems == {rule.name for rule in BUILT_IN}


def test_codes_and_names_are_each_given_once() -> None:
    words = [word for rule in BUILT_IN for word in (rule.name, rule.code)]
    assert len(words) == len(set(words))


@every_rule
def test_a_rule_does_what_its_page_says(rule: Rule) -> None:
    check_examples(rule)


@every_rule
def test_a_rule_says_of_itself_what_its_archetype_says(rule: Rule) -> None:
    if rule.code not in ARCHETYPES:
        pytest.skip("a rule about the plan itself, with no archetype in the standards")
    archetype = ARCHETYPES[rule.code]
    assert {
        "severity": rule.severity.value,
        "pillar": [p.value for p in rule.pillars],
        "requirements": list(rule.requirements),
    } == {key: archetype[key] for key in ("severity", "pillar", "requirements")}


@every_rule
@pytest.mark.parametrize("form", [str, str.upper, lambda name: name.replace("-", "_")])
def test_a_rule_is_found_by_name_and_by_code(rule: Rule, form: Any) -> None:
    assert by_name(form(rule.name)) is rule
    assert by_name(form(rule.code.lower())) is rule


SPECIAL = [rule for rule in BUILT_IN if rule.case_of]


def test_a_special_case_is_one_of_a_rule_that_is_none() -> None:
    assert len(SPECIAL) == 4
    assert not [rule for rule in SPECIAL if by_name(rule.case_of).case_of]


def test_a_rule_stands_behind_one_that_stands_behind_none() -> None:
    later = [rule for rule in BUILT_IN if rule.behind]
    assert {rule.code for rule in later} == {"G25", "X02", "X03"}
    assert not [
        r for r in later if r.case_of or by_name(r.behind).behind or by_name(r.behind).case_of
    ]


@pytest.mark.parametrize("rule", SPECIAL, ids=lambda rule: rule.name)
def test_a_special_case_and_its_wider_rule_tell_one_trouble(rule: Rule) -> None:
    """The example of the special case breaks the wider rule as well: one line, one trouble.

    (That of X08 does as a referral: its wider rule does not ask about notices.)
    """
    kind = "referral" if rule.code == "X08" else "notification"
    broken = rule.broken.replace("kind: notification", f"kind: {kind}")
    plan, places = read(broken.encode(), "plan.yaml")
    audit = ia.audit(PlanGraph(plan, places), [rule, by_name(rule.case_of)])
    assert [(i.rule, [c.rule for c in i.cases]) for i in audit.items] == [
        (rule.case_of, [rule.name])
    ]
    assert f"The same, as a case of its own: {rule.code} {rule.name}" in str(audit)


def test_a_misspelt_rule_is_guessed() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'one-gatekeeper'"):
        by_name("one-gatekeper")


def test_the_floor_is_what_the_two_treaties_imply() -> None:
    implied: dict[str, list[str]] = {}
    for requirement in STANDARDS["requirements"]:
        if requirement["instrument"] in ("PALERMO", "UNTOC") and requirement["strength"] == "shall":
            for function in requirement["implies"].get("functions", ()):
                implied.setdefault(function, []).append(requirement["id"])
    assert {function.value: list(ids) for function, ids in FLOOR.items()} == implied
