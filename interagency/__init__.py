"""Agencies, handoffs and the three Ps: represent a plan, audit it, draw it."""

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

__all__ = [
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
]
