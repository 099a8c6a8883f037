"""The rules that come with the library, in the order in which an audit tells of them.

>>> by_name("g01").name
'detector-without-a-way'
"""

from __future__ import annotations

from interagency.engine import Rule
from interagency.errors import UnknownName
from interagency.rules.asylum_silo import asylum_silo
from interagency.rules.detector_without_a_way import detector_without_a_way
from interagency.rules.detention_hole import detention_hole
from interagency.rules.identified_then_nothing import identified_then_nothing
from interagency.rules.labour_case_closed_as_pay import labour_case_closed_as_pay
from interagency.rules.ngo_outside import ngo_outside
from interagency.rules.no_word_back import no_word_back
from interagency.rules.removal_before_identification import removal_before_identification
from interagency.rules.stated_missing import stated_missing

BUILT_IN: tuple[Rule, ...] = (
    detector_without_a_way,
    labour_case_closed_as_pay,
    asylum_silo,
    detention_hole,
    removal_before_identification,
    identified_then_nothing,
    ngo_outside,
    no_word_back,
    stated_missing,
)
"""Along a case: how it comes in, who decides, who helps; then what holds the plan together."""


def by_name(name: str) -> Rule:
    """The built-in rule of that name or code, in any case.

    Raises:
        UnknownName: there is none.
    """
    asked = name.strip().casefold().replace("_", "-")
    for rule in BUILT_IN:
        if asked in (rule.name, rule.code.casefold()):
            return rule
    raise UnknownName("rule", name, [n for r in BUILT_IN for n in (r.name, r.code)])
