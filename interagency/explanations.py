"""Rules and requirements in full, offline, with their sources and how far those were verified."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from interagency import catalogue, rules
from interagency.catalogue import Archetype, Requirement
from interagency.engine import OF_WAIVERS, Rule
from interagency.errors import UnknownName

WAIVERS = """\
W01 waiver-waives-nothing
medium · prevent, protect, prosecute

A waiver of the plan waives nothing.

Why it matters
    A waiver that ended, or that is about nothing which is found any more, would let the same
    trouble back in unseen one day.

What it looks at
    Every waiver of the plan, after all rules were asked. It is in order when it waives a finding:
    its rule is named, the subject of the finding is among what it is about, and its time is not
    over. It is no rule that can be chosen; --no-waivers leaves it out with the waivers. A waiver
    that waives something and has no end is no finding: every audit tells it in its head.

When it is no trouble
    Its rule exists and was not asked this time.
"""
_ADDRESS = {
    "not opened": "address not opened",
    "seen in search": "address seen in a search",
}


def explain(name: str, known: Iterable[Rule] = rules.BUILT_IN) -> str:
    """The page of a rule (by name or code) or of a requirement (by id).

    Args:
        name: of what.
        known: the rules there are; the built-in ones by default.

    Raises:
        UnknownName: there is neither.

    >>> print(explain("COE-10-1").splitlines()[0])
    COE-10-1: Council of Europe Convention on Action against Trafficking in Human Beings (2005)
    """
    found = catalogue.requirements().get(name.strip().upper())
    if found is not None:
        return _joined(_requirement(found, known))
    if name.strip().replace("_", "-").casefold() in map(str.casefold, OF_WAIVERS):
        return WAIVERS
    try:
        return _joined(_rule(rules.by_name(name, known)))
    except UnknownName as unknown:
        words = [*unknown.known, *OF_WAIVERS, *catalogue.requirements()]
        raise UnknownName("rule or requirement", name, words) from None


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}"
    yield f"{rule.severity} · {', '.join(rule.pillars)}"
    yield ""
    yield rule.page[""]
    for heading, body in rule.page.items():
        if heading:
            yield ""
            yield heading
            yield textwrap.indent(body.rstrip(), "    ")
    if rule.case_of:
        yield ""
        yield f"A special case of {rule.case_of}: of the same lines, both are told as one trouble."
    if rule.behind:
        yield ""
        yield f"Told with {rule.behind} where both tell the same lines: that is mended first."
    if rule.options:
        yield ""
        yield "Options"
        yield from (f"    {name} = {value!r}" for name, value in rule.options.items())
    if rule.requirements:
        yield ""
        yield "Rests on"
        for an_id in rule.requirements:
            found = catalogue.requirements().get(an_id)
            yield from _in_short(found) if found else (f"    {an_id}, not in the standards here",)
    archetype = catalogue.archetypes().get(rule.code)
    if archetype is not None:
        yield from _evidence(archetype)


def _evidence(archetype: Archetype) -> Iterator[str]:
    yield ""
    yield f"Seen by evaluators (archetype {archetype.id}, {archetype.name})"
    if not archetype.evidence:
        yield "    No report is on file."
    for evidence in archetype.evidence:
        yield f"    {evidence.source}"
        yield f"        {evidence.url} ({_ADDRESS.get(evidence.address, evidence.address)})"


def _strength(r: Requirement) -> str:
    return f"{r.strength} ({r.qualifier})" if r.qualifier else r.strength


def _in_short(r: Requirement) -> Iterator[str]:
    yield f"    {r.id}, {r.instrument} {r.provision}, {_strength(r)}; verified: {r.verified}"
    indent = " " * 8
    yield from textwrap.wrap(r.requirement, 88, initial_indent=indent, subsequent_indent=indent)


def _requirement(r: Requirement, known: Iterable[Rule]) -> Iterator[str]:
    yield f"{r.id}: {r.instrument_title}"
    yield f"{r.provision} · {_strength(r)} · {', '.join(r.pillars)} · {r.stage}"
    yield ""
    yield from textwrap.wrap(r.requirement, 88)
    yield ""
    yield f"Binds: {r.binds}"
    yield f"Functions it needs: {', '.join(r.functions) or 'none stated'}"
    yield f"Source: {r.source_url}"
    yield f"Verified: {r.verified}" + (f" ({r.verified_how})" if r.verified_how else "")
    users = [rule.code for rule in known if r.id in rule.requirements]
    yield f"Rules that rest on it: {', '.join(users) or 'none yet'}"
