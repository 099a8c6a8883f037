"""G27: consular services from which no case leads to the police, or to help, at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.vocabulary import Function, Group, HandoffKind, Level, Pillar, Role, Sector, Stage

_ABROAD = {Sector.FOREIGN_AFFAIRS_CONSULAR, Sector.FOREIGN_COUNTERPART}
_NO_POLICE = _ABROAD | {Sector.JUDICIARY}
_POLICE = {Sector.LAW_ENFORCEMENT, Sector.PROSECUTION}
_HELPING = {
    Sector.SOCIAL_WELFARE,
    Sector.CHILD_PROTECTION,
    Sector.NGO_SERVICE_PROVIDER,
    Sector.EMPLOYMENT_SERVICES,
    Sector.HOTLINE,
}


@rule(
    code="G27",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("COE-27-2", "PAL-08-1", "ILO-2D"),
    whom=(Group.NATIONALS_ABROAD,),
)
def nationals_abroad_not_connected(graph: PlanGraph) -> Iterator[Answer]:
    """A consulate meets a trafficked national, and at home nobody takes the case up.

    Why it matters:
        The rescue abroad ends at the airport. The recruiter at home is never looked for, and the
        person comes back to nothing.

    What it looks at:
        Agencies of sector foreign_affairs_consular: those that meet people abroad (role
        detecting_agency or level international), and all of them where none is said to. Each is in
        order when a case can come from it to those at home who investigate or prosecute, and to
        help at home without going through the police: an agency that gives help or identifies,
        welfare, child protection, an NGO, a hotline or the office for workers abroad. What the plan
        has nobody for is not asked. The ways may lead through other agencies.

    When it is no trouble:
        The ministry and its missions are one line of the plan and their ways are written at the
        other: write the passing between the two. Embassies of other States belong to the sector
        foreign_counterpart.

    Broken:
        format: 1
        plan: {id: example, title: Home and forgotten, as_of: 2024, completeness: complete}
        agencies:
          - {id: consulates, name: Consulates, sector: foreign_affairs_consular}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: welfare, name: Welfare office, sector: social_welfare}
        handoffs:
          - {from: consulates, to: police, pillars: [prosecute], kind: notification}

    Mended:
        format: 1
        plan: {id: example, title: Home and met, as_of: 2024, completeness: complete}
        agencies:
          - {id: consulates, name: Consulates, sector: foreign_affairs_consular}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: welfare, name: Welfare office, sector: social_welfare}
        handoffs:
          - {from: consulates, to: police, pillars: [prosecute], kind: notification}
          - {from: consulates, to: welfare, pillars: [protect], kind: referral}
    """
    consular = graph.in_sector(Sector.FOREIGN_AFFAIRS_CONSULAR)
    if not consular:
        return
    police = [a for a in graph.agencies if graph.investigates(a) and a.sector not in _NO_POLICE]
    shut = {a.id for a in police if a.sector in _POLICE}
    home = [a for a in _helping(graph) if a.id not in shut]
    leads = _Leads(
        police=set(graph.leading_to(a.id for a in police)),
        help=set(graph.leading_to((a.id for a in home), avoiding=shut)),
        help_by_police=set(graph.leading_to(a.id for a in home)),
    )
    found: dict[tuple[bool, bool], list[Agency]] = {}
    for service in _meeting(consular):
        no_police = bool(police) and service.id not in leads.police
        no_help = bool(home) and service.id not in leads.help
        if no_police or no_help:
            if (no_police, no_help) not in found:
                found[no_police, no_help] = _ends(
                    graph, leads, police, home, no_police=no_police, no_help=no_help
                )
            ends = found[no_police, no_help]
            yield _flag(graph, service, leads, ends, no_police=no_police, no_help=no_help)
        elif police or home:
            yield Met(service.ref)


@dataclass(frozen=True)
class _Leads:
    """From whom a case can come to the police, to help, and to help through the police."""

    police: set[str]
    help: set[str]
    help_by_police: set[str]


def _helping(graph: PlanGraph) -> list[Agency]:
    able = {a.id for a in (*graph.providers, *graph.identifiers)}
    return [
        a
        for a in graph.agencies
        if (a.id in able or a.sector in _HELPING) and a.sector not in _ABROAD
    ]


def _meeting(consular: Sequence[Agency]) -> Sequence[Agency]:
    meets = [
        a for a in consular if Role.DETECTING_AGENCY in a.roles or a.level is Level.INTERNATIONAL
    ]
    return meets or consular


def _ends(
    graph: PlanGraph,
    leads: _Leads,
    police: Iterable[Agency],
    home: Iterable[Agency],
    *,
    no_police: bool,
    no_help: bool,
) -> list[Agency]:
    """To whom one handoff would do: from there a case leads to all that is missing."""
    able = [*home, *police] if no_help else list(police)
    both = [
        a
        for a in {a.id: a for a in able}.values()
        if (not no_police or a.id in leads.police) and (not no_help or a.id in leads.help)
    ]
    inquiry = Function.CRIMINAL_INVESTIGATION
    return sorted(graph.likely(both), key=lambda a: no_police and inquiry not in a.functions)[:3]


def _flag(
    graph: PlanGraph,
    service: Agency,
    leads: _Leads,
    ends: Sequence[Agency],
    *,
    no_police: bool,
    no_help: bool,
) -> Flag:
    only_by_police = no_help and not no_police and service.id in leads.help_by_police
    if no_police and no_help:
        goals = "the police or to help at home"
    elif no_police:
        goals = "the police or the prosecution at home"
    elif only_by_police:
        goals = "help at home other than through the police"
    else:
        goals = "help at home"
    beside = dict.fromkeys(h.receiver for h in graph.sent_by(service.id))
    others = [end for end in beside if _consular(graph, end)]
    name = service.name
    mends = []
    if no_police:
        mends.append(f"Let {name} pass a complaint to the police at home at once, with consent.")
    if no_help:
        mends.append(
            f"Let {name} say before the journey, with the person's consent, who at home receives "
            "and helps; reporting to the police must be no condition."
        )
    return Flag(
        about=agency(service.id, *others),
        message=f"From {name} no case of a national found abroad leads to {goals}.",
        ask=(
            f"No source states a way from {name} to {goals}, for a national found abroad. "
            "Ask its consular division."
        ),
        mend=" ".join(mends),
        expected=tuple(_expected(service, end, to_help=no_help) for end in ends),
        lacking=()
        if ends
        else tuple(
            f"a way from {name} to {goal}"
            for goal, missing in (("the police at home", no_police), ("help at home", no_help))
            if missing
        ),
    )


def _consular(graph: PlanGraph, end: str) -> bool:
    return end not in PARTICIPANTS and graph.agency(end).sector is Sector.FOREIGN_AFFAIRS_CONSULAR


def _expected(service: Agency, end: Agency, *, to_help: bool) -> Expected:
    if to_help:
        return Expected(
            sender=service.id,
            receiver=end.id,
            kind=HandoffKind.REFERRAL,
            pillars=(Pillar.PROTECT,),
            stage=Stage.RETURN_REINTEGRATION,
            what="national found abroad who comes home",
        )
    return Expected(
        sender=service.id,
        receiver=end.id,
        kind=HandoffKind.COMPLAINT,
        pillars=(Pillar.PROSECUTE, Pillar.PROTECT),
        stage=Stage.INVESTIGATION,
        what="complaint about an offence against a national abroad",
    )
