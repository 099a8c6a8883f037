"""What people in the field write for a word of the vocabularies, so that errors can point there."""

from collections.abc import Mapping

from interagency.vocabulary._plan import Group, Hours, Status
from interagency.vocabulary._standards import HandoffKind, Sector
from interagency.vocabulary._term import Term

_S, _K, _G = Sector, HandoffKind, Group

_SAID: Mapping[Term, str] = {
    _S.LAW_ENFORCEMENT: "police, gendarmerie, constabulary, detectives, anti_trafficking_unit",
    _S.BORDER_CONTROL: "border, border_police, border_guard, coast_guard, customs, port_authority",
    _S.IMMIGRATION_AUTHORITY: "immigration, migration, migration_service, residence_office",
    _S.ASYLUM_AUTHORITY: "asylum, refugee_agency, refugee_office",
    _S.DETENTION_AUTHORITY: "prison, prisons, jail, detention, detention_centre, reception_centre",
    _S.PROSECUTION: "prosecutor, prosecutors, public_prosecutor, attorney_general",
    _S.JUDICIARY: "court, courts, judge, judges, tribunal",
    _S.FINANCIAL_INTELLIGENCE: "fiu, financial_intelligence_unit, anti_money_laundering",
    _S.ASSET_RECOVERY: "asset_management, confiscation",
    _S.COMPENSATION_FUND: "compensation, victims_fund, victim_fund",
    _S.ANTI_CORRUPTION: "corruption, internal_affairs, integrity_commission",
    _S.LABOUR_INSPECTION: (
        "labour, labor, labour_inspectorate, labor_inspectorate, labor_inspection, "
        "labour_ministry, ministry_of_labour"
    ),
    _S.EMPLOYMENT_SERVICES: "employment, job_centre, recruitment_regulator",
    _S.SOCIAL_WELFARE: "welfare, social_services, social_work, social_affairs, shelter",
    _S.CHILD_PROTECTION: "child, children, child_welfare, youth_office, guardianship_authority",
    _S.HEALTH: "hospital, hospitals, clinic, doctor, healthcare, health_care",
    _S.EDUCATION: "school, schools, teachers, ministry_of_education",
    _S.LOCAL_GOVERNMENT: "municipality, municipal, province, local_authority, district_office",
    _S.FOREIGN_AFFAIRS_CONSULAR: "embassy, consulate, consular, foreign_ministry, foreign_affairs",
    _S.DOCUMENT_ISSUING: "passport_office, civil_registry",
    _S.COORDINATION_BODY: (
        "coordination, task_force, committee, secretariat, coordinator, national_coordinator"
    ),
    _S.NATIONAL_RAPPORTEUR: "rapporteur, ombudsman, ombudsperson, monitor",
    _S.LEGISLATURE_BUDGET: "parliament, legislature, treasury, finance_ministry",
    _S.LEGAL_AID: "lawyer, lawyers, legal_counsel, bar_association",
    _S.HOTLINE: "helpline, call_centre, call_center",
    _S.NGO_SERVICE_PROVIDER: "ngo, ngos, civil_society, charity, non_governmental, shelter",
    _S.INTERNATIONAL_ORGANISATION: "iom, unhcr, unicef, unodc, un, igo, international",
    _S.PRIVATE_SECTOR: "business, company, employer, employers, recruiter, airline, bank",
    _S.WORKERS_EMPLOYERS_ORGANISATIONS: "union, unions, trade_union, trade_unions",
    _S.ACADEMIA_RESEARCH: "university, research, statistics_office",
    _S.DEFENCE_DEPLOYED: "army, navy, military, armed_forces, peacekeepers, defence, defense",
    _S.JUSTICE_MINISTRY: "ministry_of_justice",
    _K.REFERRAL: "refer, refers, referred, transfer, handover, hand_over",
    _K.CUSTODY_TRANSFER: "transfer, handover, hand_over, placement, custody",
    _K.NOTIFICATION: "notify, notice, report, alert, inform, tip_off",
    _K.INFORMATION_SHARING: "share, information, information_exchange, data_sharing, intelligence",
    _K.EVIDENCE_TRANSFER: "evidence, case_file, statement",
    _K.REQUEST_FOR_ASSISTANCE: "request, mla, mutual_legal_assistance, assistance",
    _K.DECISION: "ruling, determination, recognition",
    _K.COMPLAINT: "claim, self_report, appeal",
    _K.ASSET_TRANSFER: "payment, compensation, confiscation",
    _K.REPORTING: "report, statistics, monitoring, data",
    _K.FEEDBACK: "follow_up, outcome, reply, response, acknowledgement",
    _K.CONSULTATION: "advice, opinion, consult",
    _K.JOINT_ACTION: (
        "cooperation, coordination, joint_investigation, joint_interview, case_conference, meeting"
    ),
    _K.TRAINING: "train, capacity_building",
    _K.GUIDANCE: "sop, sops, protocol, circular, guidelines, instructions",
    _K.FUNDING: "money, budget, grant, fund",
    _K.CHARGE: "indictment, prosecution, fine, penalty",
    _K.ORDER: "command, instruction, directive",
    _G.CHILDREN: "child, minors, minor, juveniles",
    _G.ADULTS: "adult",
    _G.WOMEN: "female, females",
    _G.MEN: "male, males",
    _G.FOREIGN_NATIONALS: "foreigners, foreigner, migrants, non_nationals, aliens",
    _G.NATIONALS: "citizens, citizen",
    Hours.ROUND_THE_CLOCK: "24/7, 24_7, 24h, 24_hours, day_and_night, always",
    Hours.OFFICE_HOURS: "business_hours, working_hours, daytime, by_day, 9_5",
    Status.IN_FORCE: "active, existing, current",
    Status.MISSING: "none, absent, gap",
    Status.PLANNED: "proposed, future, draft",
    Status.ENDED: "repealed, expired, abolished",
}


def _by_word() -> dict[type[Term], dict[str, list[str]]]:
    found: dict[type[Term], dict[str, list[str]]] = {}
    for term, said in _SAID.items():
        words = found.setdefault(type(term), {})
        for word in said.split(", "):
            words.setdefault(word, []).append(term.value)
    return found


SYNONYMS: Mapping[type[Term], Mapping[str, list[str]]] = _by_word()
"""For each vocabulary: what people write (small letters, _ between words), and what it may mean."""
