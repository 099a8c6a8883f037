"""P04: two who need each other stand in the plan, and nothing passes between them."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Severity, rule
from interagency.graph import CASE_KINDS, HELP_KINDS, MOVING_KINDS, PlanGraph
from interagency.lines import (
    ASKING,
    NOT_OF_AN_AWARD,
    PAYING,
    TELLING,
    Line,
    answers,
    awaiting,
    awarders,
    courts,
    deciders,
    either,
    everybody,
    inquirers,
    investigators,
    justice,
    outside_the_inquiry,
    payers,
    prosecutors,
    removers,
    returners,
    seizers,
    speakers,
    speaking,
    tracers,
    victims_side,
)
from interagency.vocabulary import Group, HandoffKind, Need, Pillar, Stage

_K = HandoffKind
_PROTECT, _PROSECUTE = (Pillar.PROTECT,), (Pillar.PROSECUTE,)
LINES = (
    Line(
        "file",
        investigators,
        prosecutors,
        CASE_KINDS | {_K.REPORTING},
        "file of a case",
        "What is investigated is never charged.",
        "Let {sender} hand the file over to {receiver}, and write when and with what in it.",
        Expected(
            "",
            "",
            _K.EVIDENCE_TRANSFER,
            _PROSECUTE,
            Stage.INVESTIGATION,
            "file of the investigation",
        ),
        ("COE-27-1", "PAL-05", "TVP-B1"),
        each=True,
    ),
    Line(
        "charge",
        prosecutors,
        courts,
        CASE_KINDS,
        "charge",
        "No trafficker comes before a judge.",
        "Let {sender} bring charges at {receiver}, and write what is asked for the victim with "
        "them.",
        Expected(
            "",
            "",
            _K.CHARGE,
            _PROSECUTE,
            Stage.PROSECUTION,
            "charge, with what is asked for the victim",
        ),
        ("PAL-05", "TVP-B1"),
        each=True,
    ),
    Line(
        "money-found",
        tracers,
        either(investigators, prosecutors, courts),
        CASE_KINDS | {_K.FEEDBACK, _K.REPORTING},
        "finding about money",
        "What the traffickers earned is found and left to them.",
        "Let {sender} give what it finds to {receiver}, in a form that can be evidence.",
        Expected(
            "",
            "",
            _K.EVIDENCE_TRANSFER,
            _PROSECUTE,
            Stage.INVESTIGATION,
            "money, accounts and links of the suspects",
        ),
        ("UNT-12", "COE-23-3"),
        each=True,
    ),
    Line(
        "assets-seized",
        justice,
        seizers,
        CASE_KINDS,
        "order or request to seize assets",
        "What the traffickers earned is never taken from them.",
        "Let {sender} ask {receiver} to freeze and take what the crime brought in.",
        Expected(
            "",
            "",
            _K.ORDER,
            _PROSECUTE,
            Stage.COMPENSATION,
            "order to freeze and seize",
        ),
        ("UNT-12", "COE-23-3"),
    ),
    Line(
        "officials-charged",
        inquirers,
        either(prosecutors, courts),
        CASE_KINDS | {_K.REPORTING},
        "file on an official",
        "An official who takes part is found out and not charged.",
        "Let {sender} hand its files over to {receiver}, past the office that they are about.",
        Expected(
            "",
            "",
            _K.EVIDENCE_TRANSFER,
            _PROSECUTE,
            Stage.INVESTIGATION,
            "file on an official who takes part",
        ),
        ("UNT-09", "OHC-P6"),
        each=True,
    ),
    Line(
        "decision-told",
        deciders,
        victims_side,
        TELLING | MOVING_KINDS,
        "decision on who is a victim",
        "Neither the person nor those who help learn what was decided.",
        "Let {sender} give its decision in writing, with reasons, to the person and to {receiver}.",
        Expected(
            "",
            "",
            _K.DECISION,
            _PROTECT,
            Stage.IDENTIFICATION,
            "decision with reasons, and where to ask for another",
        ),
        ("ACT-14-9", "COE-12-1C", "PAL-06-2A"),
        each=True,
        person="receives",
    ),
    Line(
        "not-charged",
        outside_the_inquiry,
        prosecutors,
        TELLING | ASKING,
        "word that an accused person is a victim",
        "A victim is charged with what traffickers made the victim do.",
        "Let {sender} tell {receiver} when a person who is accused is, or may be, a victim.",
        Expected(
            "",
            "",
            _K.NOTIFICATION,
            (Pillar.PROTECT, Pillar.PROSECUTE),
            Stage.PROSECUTION,
            "accused person is or may be a victim: do not charge",
        ),
        ("COE-26", "ACT-14-7", "OHC-P7"),
        over=investigators,
    ),
    Line(
        "removal-held-up",
        speakers,
        removers,
        TELLING | ASKING,
        "word that a person may be a victim",
        "Whoever removes people cannot know that one of them must not be removed yet.",
        "Let a decision of {sender} hold a removal up: told to {receiver} for that purpose only, "
        "and binding until it is decided.",
        Expected(
            "",
            "",
            _K.DECISION,
            _PROTECT,
            Stage.REFLECTION,
            "decision that holds a removal up, for that purpose only",
            (Need.USE_LIMITATION, Need.NO_REMOVAL),
        ),
        ("COE-10-2A", "COE-13", "PAL-07"),
        person="sends",
        not_at=frozenset({Stage.INVESTIGATION, Stage.PROSECUTION, Stage.MONITORING}),
        first=deciders,
        whom=(Group.FOREIGN_NATIONALS,),
    ),
    Line(
        "return-received",
        returners,
        awaiting,
        HELP_KINDS | {_K.NOTIFICATION, _K.INFORMATION_SHARING},
        "word on a person who returns",
        "Whoever returns is met by nobody.",
        "Let {sender} tell {receiver} who comes, when and with what needs, as far as the person "
        "agrees.",
        Expected(
            "",
            "",
            _K.REFERRAL,
            _PROTECT,
            Stage.RETURN_REINTEGRATION,
            "returning person, with needs",
        ),
        ("OHC-P11", "ICM-09-2", "PAL-08-1"),
    ),
    Line(
        "award-paid",
        awarders,
        victims_side,
        PAYING,
        "award or payment",
        "Compensation is awarded and never paid.",
        "Write who carries out what {sender} awards, by when, and how it comes to the victim.",
        Expected(
            "", "", _K.DECISION, _PROSECUTE, Stage.COMPENSATION, "award, and who pays it by when"
        ),
        ("UNT-25-2", "PAL-06-6", "COE-15-4"),
        person="receives",
        not_at=NOT_OF_AN_AWARD,
        over=everybody,
    ),
    Line(
        "fund-pays",
        payers,
        victims_side,
        PAYING,
        "payment",
        "A fund for victims that pays none of them is a fund for itself.",
        "Write how {sender} pays, by when, and how it comes to the victim.",
        Expected(
            "",
            "",
            _K.DECISION,
            _PROSECUTE,
            Stage.COMPENSATION,
            "award, and who pays it by when",
        ),
        ("UNT-25-2", "PAL-06-6", "COE-15-4"),
        each=True,
        person="receives",
        not_at=NOT_OF_AN_AWARD,
        over=everybody,
    ),
    Line(
        "fund-asked",
        either(victims_side, courts, prosecutors),
        payers,
        ASKING | {_K.DECISION, _K.ORDER, _K.CHARGE},
        "claim or award",
        "Money for victims lies where no victim's claim comes.",
        "Write who brings a victim's claim to {receiver}, and by when.",
        Expected(
            "",
            "",
            _K.COMPLAINT,
            _PROSECUTE,
            Stage.COMPENSATION,
            "victim's claim",
        ),
        ("UNT-25-2", "PAL-06-6"),
        person="sends",
        not_at=NOT_OF_AN_AWARD,
        first=speaking,
    ),
)
"""Handoffs without which a response stands still.

Whether a case comes to identification (G01), to help (G06), to the investigators (G47), to a claim
for compensation and to those who trace money (G17) is asked by the rules on these; what the victim
is told and asked (P06) as well.
"""


@rule(
    code="P04",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=tuple(dict.fromkeys(r for line in LINES for r in line.requirements)),
)
def nothing_passes_between(graph: PlanGraph) -> Iterator[Answer]:
    """Two who need each other stand in the plan, and nothing passes between them.

    Why it matters:
        A plan that names a prosecutor and a court looks whole. Where no charge goes from the one to
        the other nothing ever comes to judgment, and each of the two can say that it was not asked.

    What it looks at:
        What passes in every response, each where both sides are in the plan. To those who prosecute
        or judge: the file of an investigation, the charge, what is found out about money, the file
        on an official, and word that an accused person is a victim (where those who decide that do
        not investigate themselves). From them to those who seize: the order. To the victim, or to
        those who help or speak for one: the decision on who is a victim, an award, and what a fund
        pays; to the fund, a claim. To those who remove people: word that one of them may be a
        victim. To those who receive persons who return: word on them. Files, charges, payments of a
        fund and decisions on who is a victim are asked of everybody whose task they are; the others
        are in order when one hands them over. What should not be as it is (as a patient's name for
        those who remove) meets nothing. A side is whoever
        holds the function or role, or else the sector. The way may lead over others of the two
        sides, and an award over whoever carries it out.

    When it is no trouble:
        One body is both, and the plan has it as two: write the joint action between them. In some
        systems an investigating judge takes the place of the prosecutor: give the judge the
        function prosecution_service.

    Broken:
        format: 1
        plan: {id: example, title: No charge, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
        handoffs:
          - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}

    Mended:
        format: 1
        plan: {id: example, title: A charge, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
        handoffs:
          - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
          - {from: prosecutor, to: court, pillars: [prosecute], kind: charge}
    """
    yield from answers(graph, LINES)
