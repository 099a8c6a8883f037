"""The closed vocabularies: every word a plan file may use, with what it means.

>>> Sector.LABOUR_INSPECTION.description
'labour, housing, farm and fishery inspectorates; wage-claim offices'
>>> Function("victim_identification").pillar
<Pillar.PROTECT: 'protect'>
"""

from interagency.vocabulary._plan import (
    Completeness,
    Condition,
    Coverage,
    Data,
    Group,
    Hours,
    Level,
    Means,
    SourceKind,
    Status,
)
from interagency.vocabulary._standards import (
    Function,
    HandoffKind,
    Instrument,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
)
from interagency.vocabulary._term import Term

__all__ = [
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
    "Term",
]
