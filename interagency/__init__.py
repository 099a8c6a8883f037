"""Agencies, handoffs and the three Ps: represent a plan, audit it, draw it.

    >>> import interagency
    >>> graph = interagency.load("thailand")         # a file, or a bundled plan by name
    >>> result = interagency.audit(graph)            # what is missing, and what is not stated
    >>> picture = interagency.chart(result)          # an Attachment-B-style flow chart

``interagency --help`` is the same on the command line.
"""

import importlib
import typing

if typing.TYPE_CHECKING:
    from interagency.api import Audit, audit, chart, load, save, suggest
    from interagency.engine import Expected, Finding, Flag, Met, Rule, Severity, State, rule
    from interagency.errors import (
        InteragencyError,
        InvalidBaseline,
        InvalidPlan,
        InvalidSettings,
        PlanError,
        Problem,
        RenderError,
        SaveError,
        UnknownName,
        UnreadablePlan,
    )
    from interagency.graph import PlanGraph
    from interagency.model import (
        PERSON,
        PUBLIC,
        Agency,
        Handoff,
        Names,
        Plan,
        PlanFacts,
        Source,
        Waiver,
        Within,
    )
    from interagency.places import Location, Ref
    from interagency.quantities import Duration, PlanDate
    from interagency.vocabulary import (
        Completeness,
        Condition,
        Coverage,
        Data,
        Function,
        Group,
        HandoffKind,
        Hours,
        Instrument,
        Level,
        Means,
        Need,
        Pillar,
        Role,
        Sector,
        SourceKind,
        Stage,
        Status,
    )

__version__ = "0.1.0"

__all__ = [
    "PERSON",
    "PUBLIC",
    "Agency",
    "Audit",
    "Completeness",
    "Condition",
    "Coverage",
    "Data",
    "Duration",
    "Expected",
    "Finding",
    "Flag",
    "Function",
    "Group",
    "Handoff",
    "HandoffKind",
    "Hours",
    "Instrument",
    "InteragencyError",
    "InvalidBaseline",
    "InvalidPlan",
    "InvalidSettings",
    "Level",
    "Location",
    "Means",
    "Met",
    "Names",
    "Need",
    "Pillar",
    "Plan",
    "PlanDate",
    "PlanError",
    "PlanFacts",
    "PlanGraph",
    "Problem",
    "Ref",
    "RenderError",
    "Role",
    "Rule",
    "SaveError",
    "Sector",
    "Severity",
    "Source",
    "SourceKind",
    "Stage",
    "State",
    "Status",
    "UnknownName",
    "UnreadablePlan",
    "Waiver",
    "Within",
    "audit",
    "chart",
    "load",
    "rule",
    "save",
    "suggest",
]

# Loaded when first asked for: models take longer to make than --help or a completed word may take.
_HOMES = {
    "api": (
        "Audit",
        "audit",
        "chart",
        "load",
        "save",
        "suggest",
    ),
    "engine": (
        "Expected",
        "Finding",
        "Flag",
        "Met",
        "Rule",
        "Severity",
        "State",
        "rule",
    ),
    "errors": (
        "InteragencyError",
        "InvalidBaseline",
        "InvalidPlan",
        "InvalidSettings",
        "PlanError",
        "Problem",
        "RenderError",
        "SaveError",
        "UnknownName",
        "UnreadablePlan",
    ),
    "graph": ("PlanGraph",),
    "model": (
        "PERSON",
        "PUBLIC",
        "Agency",
        "Handoff",
        "Names",
        "Plan",
        "PlanFacts",
        "Source",
        "Waiver",
        "Within",
    ),
    "places": (
        "Location",
        "Ref",
    ),
    "quantities": (
        "Duration",
        "PlanDate",
    ),
    "vocabulary": (
        "Completeness",
        "Condition",
        "Coverage",
        "Data",
        "Function",
        "Group",
        "HandoffKind",
        "Hours",
        "Instrument",
        "Level",
        "Means",
        "Need",
        "Pillar",
        "Role",
        "Sector",
        "SourceKind",
        "Stage",
        "Status",
    ),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> typing.Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'interagency' has no attribute {name!r}")
    thing = getattr(importlib.import_module(f"interagency.{_HOME_OF[name]}"), name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
