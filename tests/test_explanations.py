"""Every rule and every requirement is explained in full, without a network."""

from __future__ import annotations

import socket

import pytest
from commandline import Said, typed

from interagency.catalogue import Requirement, archetypes, requirements
from interagency.engine import Rule
from interagency.errors import UnknownName
from interagency.explanations import explain
from interagency.rules import BUILT_IN
from interagency.testing import SECTIONS


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_is_explained_with_its_page_its_grounds_and_its_evidence(rule: Rule) -> None:
    told = explain(rule.code)
    lines = told.splitlines()
    assert lines[:2] == [
        f"{rule.code} {rule.name}",
        f"{rule.severity} · {', '.join(rule.pillars)}",
    ]
    assert rule.title in told
    headings = [line for line in lines if line in SECTIONS]
    assert headings == list(SECTIONS)
    for an_id in rule.requirements:
        asked = requirements()[an_id]
        assert f"    {an_id}, {asked.instrument} {asked.provision}, {asked.strength}" in told
        assert f"verified: {asked.verified}" in told
    for name, value in rule.options.items():
        assert f"    {name} = {value!r}" in lines
    archetype = archetypes().get(rule.code)
    for evidence in archetype.evidence if archetype else ():
        assert f"    {evidence.source}" in lines
        assert any(evidence.url in line and "address" in line for line in lines)
    assert ("No report is on file." in told) is (archetype is not None and not archetype.evidence)


@pytest.mark.parametrize("asked", requirements().values(), ids=lambda r: str(r.id))
def test_a_requirement_is_explained_with_its_source_and_how_far_it_was_verified(
    asked: Requirement,
) -> None:
    told = explain(asked.id.lower())
    assert told.startswith(f"{asked.id}: {asked.instrument_title}\n{asked.provision} · ")
    assert asked.requirement in " ".join(told.split())
    assert f"\nBinds: {asked.binds}\n" in told
    assert f"\nSource: {asked.source_url}\n" in told
    how = f" ({asked.verified_how})" if asked.verified_how else ""
    assert f"\nVerified: {asked.verified}{how}\n" in told
    assert asked.source_url.startswith(("https://", "http://"))
    users = [r.code for r in BUILT_IN if asked.id in r.requirements]
    assert f"\nRules that rest on it: {', '.join(users) or 'none yet'}\n" in told


def test_there_are_211_requirements() -> None:
    assert len(requirements()) == 211


@pytest.mark.parametrize("name", ["w01", "W01", "waiver-waives-nothing", "waiver_waives_nothing"])
def test_the_finding_about_waivers_is_explained_though_it_is_no_rule_to_choose(name: str) -> None:
    assert explain(name).splitlines()[0] == "W01 waiver-waives-nothing"
    assert typed("explain", name).out == explain(name)


@pytest.mark.parametrize(
    ("name", "means"),
    [
        (" g01 ", "G01"),
        ("Detector_Without_A_Way", "G01"),
        (" coe-10-1\n", "COE-10-1"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, means: str) -> None:
    assert explain(name) == explain(means)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("detector-without-away", "Did you mean 'detector-without-a-way' or "),
        ("COE-10-11", "'COE-10-1'"),
        ("W02", "'W01'"),
        ("G99", "Did you mean"),
        ("", "There are "),
        ("nothing like it at all", "There are "),
    ],
)
def test_a_wrong_name_is_helped(name: str, told: str) -> None:
    with pytest.raises(UnknownName) as refused:
        explain(name)
    assert str(refused.value).startswith(f"There is no rule or requirement called {name!r}. ")
    assert told in str(refused.value)
    assert typed("explain", name) == Said(2, "", f"{refused.value}\n")
