"""Agencies, handoffs and the three Ps: represent a plan, audit it, draw it.

    >>> import interagency
    >>> graph = interagency.load("thailand")         # a file, or a bundled plan by name
    >>> result = interagency.audit(graph)            # what is missing, and what is not stated
    >>> picture = interagency.chart(result)          # an Attachment-B-style flow chart

``interagency --help`` is the same on the command line.
"""

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
