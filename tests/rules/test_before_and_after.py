"""Reforms that the real plans date: the gap before, and none after."""

from __future__ import annotations

import interagency as ia
from interagency.rules import by_name


def gaps(plan: str, as_of: int, code: str) -> list[str]:
    found = ia.audit(ia.load(plan).as_of(as_of), rules=[by_name(code)]).gaps
    return [finding.id for finding in found]


def test_labour_officials_had_no_way_on_before_the_procedure_of_2022() -> None:
    assert gaps("thailand", 2021, "G01") == ["G01:labour"]
    assert gaps("thailand", 2021, "G16") == ["G16:labour"]
    assert gaps("thailand", 2024, "G01") == gaps("thailand", 2024, "G16") == []


def test_the_federal_police_were_the_only_gate_before_the_pathway_of_2024() -> None:
    assert gaps("australia", 2023, "G03") == ["G03:afp"]
    assert gaps("australia", 2024, "G03") == []
