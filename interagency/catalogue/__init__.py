"""What travels with the library: real plans, and the reference standards with their sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from interagency.errors import UnknownName


@cache
def plan_names() -> tuple[str, ...]:
    """The names of the bundled plans.

    >>> plan_names()
    ('australia', 'bulgaria', 'indonesia', 'nepal', 'sri_lanka', 'thailand')
    """
    names = (entry.name for entry in files(__name__).joinpath("plans").iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


def is_plan(name: str) -> bool:
    """Whether a bundled plan is called that."""
    return _folded(name) in plan_names()


def plan_bytes(name: str) -> bytes:
    """The file of a bundled plan.

    Raises:
        UnknownName: no bundled plan is called that.
    """
    if not is_plan(name):
        raise UnknownName("bundled plan", name, plan_names())
    return files(__name__).joinpath("plans", f"{_folded(name)}.yaml").read_bytes()


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


FLOOR = ("PALERMO", "UNTOC")
"""Instruments that are asked of every plan: the Palermo Protocol with its convention."""
_BINDING = {"treaty", "treaty and recommendation", "EU directive"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report that shows the trouble in the world, and whether its address was opened."""

    source: str
    url: str
    address: str


@dataclass(frozen=True, slots=True)
class Archetype:
    """A way in which mechanisms fail, as the reference standards describe it."""

    id: str
    name: str
    severity: str
    pillars: tuple[str, ...]
    graph_test: str
    means: str
    requirements: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Implied:
    """A handoff that a requirement implies: sectors, roles (``role:...``) or ``person``."""

    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    kind: str
    what: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a provision of an instrument asks, and how far that was verified."""

    id: str
    instrument: str
    instrument_title: str
    provision: str
    strength: str
    qualifier: str
    binds: str
    pillars: tuple[str, ...]
    stage: str
    requirement: str
    functions: tuple[str, ...]
    handoffs: tuple[Implied, ...]
    handoff_basis: str
    kind: str
    source_url: str
    verified: str
    verified_how: str

    @property
    def firm(self) -> bool:
        """Whether the provision binds those who are party to it, and leaves them no choice."""
        return self.strength == "shall" and self.kind in _BINDING


@cache
def _standards() -> Mapping[str, Any]:
    # standards.yaml is the one that people edit; this is the same, and quicker to read.
    data = files(__name__).joinpath("standards.json").read_bytes()
    read: Mapping[str, Any] = json.loads(data)
    return read


@cache
def archetypes() -> Mapping[str, Archetype]:
    """The archetypes of failure by id."""
    return {
        a["id"]: Archetype(
            id=a["id"],
            name=a["name"],
            severity=a["severity"],
            pillars=tuple(a["pillar"]),
            graph_test=a["graph_test"],
            means=a["means"],
            requirements=tuple(a["requirements"]),
            evidence=tuple(Evidence(e["source"], e["url"], e["address"]) for e in a["evidence"]),
        )
        for a in _standards()["gap_archetypes"]
    }


@cache
def requirements() -> Mapping[str, Requirement]:
    """The requirements by id."""
    instruments = {i["id"]: i for i in _standards()["instruments"]}
    return {
        r["id"]: Requirement(
            id=r["id"],
            instrument=r["instrument"],
            instrument_title=instruments[r["instrument"]]["title"],
            provision=r["provision"],
            strength=r["strength"],
            qualifier=r.get("qualifier") or "",
            binds=instruments[r["instrument"]]["binds"],
            pillars=tuple(r["pillar"]),
            stage=r["stage"],
            requirement=r["requirement"],
            functions=tuple(r["implies"].get("functions") or ()),
            handoffs=tuple(
                Implied(
                    senders=tuple(h["from_sectors"]),
                    receivers=tuple(h["to_sectors"]),
                    kind=h["kind"],
                    what=h["what"],
                    needs=tuple(h["needs"]),
                )
                for h in r["implies"]["handoffs"]
            ),
            handoff_basis=r["implies"].get("handoff_basis", ""),
            kind=instruments[r["instrument"]]["kind"],
            source_url=r["source_url"],
            verified=r["verified"]["status"],
            verified_how=r["verified"].get("how") or "",
        )
        for r in _standards()["requirements"]
    }


@cache
def needs_of(requirement: str, kind: str) -> tuple[str, ...]:
    """What a requirement asks to travel with handoffs of a kind: ids of needs.

    >>> needs_of("COE-10-1", "referral")
    ('consent', 'indicators', 'focal_point', 'specialised_staff')
    """
    found = requirements().get(requirement)
    implied = found.handoffs if found else ()
    return tuple(dict.fromkeys(need for h in implied if h.kind == kind for need in h.needs))
