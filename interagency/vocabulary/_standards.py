"""The words of the reference standards. Made by tests/tools/write_generated.py."""

# ruff: noqa: E501 - titles are as long as they are
from typing import Self

from interagency.vocabulary._term import Term


class Pillar(Term):
    """One of the three Ps."""

    PREVENT = "prevent"
    PROTECT = "protect"
    PROSECUTE = "prosecute"


class Stage(Term):
    """Where in a case a handoff stands, in the order of a case."""

    SYSTEM = "system", "law, plan, structures, money: holds all the others up"
    PREVENTION = (
        "prevention",
        "before exploitation: vulnerability, demand, recruitment, documents, borders",
    )
    DETECTION = "detection", "a possible case is noticed (screening, inspection, hotline, border)"
    FIRST_RESPONSE = "first_response", "immediate safety, language, urgent health, information"
    IDENTIFICATION = (
        "identification",
        "preliminary (reasonable grounds) and conclusive determination",
    )
    REFLECTION = "reflection", "recovery and reflection period, no removal"
    ASSISTANCE = "assistance", "shelter, health, psychosocial, legal, material support"
    LEGAL_STATUS = (
        "legal_status",
        "residence, asylum, regularisation, non-punishment of status offences",
    )
    INVESTIGATION = "investigation", "criminal, financial and corruption inquiry"
    PROSECUTION = "prosecution", "charge, trial preparation, co-operation with other States"
    TRIAL_PROTECTION = (
        "trial_protection",
        "protection and participation of victims and witnesses before, during, after trial",
    )
    COMPENSATION = "compensation", "confiscation, claims, awards, payment"
    RETURN_REINTEGRATION = (
        "return_reintegration",
        "verification, documents, risk assessment, voluntary return, reception",
    )
    SOCIAL_INCLUSION = (
        "social_inclusion",
        "long-term housing, work, schooling, follow-up wherever the person lives",
    )
    MONITORING = "monitoring", "data, rapporteur, evaluation, feedback, revision of the plan"


class Sector(Term):
    """The kind of agency."""

    LAW_ENFORCEMENT = (
        "law_enforcement",
        "police and specialised anti-trafficking units that detect, secure and investigate",
    )
    BORDER_CONTROL = (
        "border_control",
        "border police, coast guard, customs: control of persons at entry and exit",
    )
    IMMIGRATION_AUTHORITY = (
        "immigration_authority",
        "body deciding on stay, visas, removal and residence permits",
    )
    ASYLUM_AUTHORITY = (
        "asylum_authority",
        "body receiving and deciding claims for international protection",
    )
    DETENTION_AUTHORITY = (
        "detention_authority",
        "prison service, immigration detention and reception-centre management",
    )
    PROSECUTION = "prosecution", "public prosecutors"
    JUDICIARY = "judiciary", "courts and judges, including family and labour courts"
    CENTRAL_AUTHORITY = (
        "central_authority",
        "ministry or office designated for mutual legal assistance and extradition",
    )
    FINANCIAL_INTELLIGENCE = (
        "financial_intelligence",
        "financial intelligence unit and financial investigators",
    )
    ASSET_RECOVERY = (
        "asset_recovery",
        "office that freezes, manages and disposes of confiscated property",
    )
    COMPENSATION_FUND = "compensation_fund", "State compensation or victims' fund"
    ANTI_CORRUPTION = "anti_corruption", "body investigating public officials"
    LABOUR_INSPECTION = (
        "labour_inspection",
        "labour, housing, farm and fishery inspectorates; wage-claim offices",
    )
    EMPLOYMENT_SERVICES = (
        "employment_services",
        "job placement, vocational training, licensing and control of recruiters",
    )
    SOCIAL_WELFARE = "social_welfare", "social services, State shelters, case management"
    CHILD_PROTECTION = "child_protection", "child protection services, guardianship authority"
    HEALTH = "health", "hospitals, mental-health and public-health services"
    EDUCATION = "education", "schools, education ministry"
    LOCAL_GOVERNMENT = (
        "local_government",
        "municipalities, provincial committees, community wardens",
    )
    FOREIGN_AFFAIRS_CONSULAR = (
        "foreign_affairs_consular",
        "foreign ministry, embassies and consulates",
    )
    DOCUMENT_ISSUING = "document_issuing", "passport office, civil registry"
    COORDINATION_BODY = (
        "coordination_body",
        "inter-ministerial committee, task force, national co-ordinator and secretariat",
    )
    NATIONAL_RAPPORTEUR = (
        "national_rapporteur",
        "independent monitor of results (or equivalent mechanism, human-rights institution)",
    )
    LEGISLATURE_BUDGET = "legislature_budget", "parliament and finance ministry: law and money"
    LEGAL_AID = "legal_aid", "legal-aid board, victims' lawyers"
    HOTLINE = "hotline", "helpline and online reporting channel, public or NGO-run"
    NGO_SERVICE_PROVIDER = (
        "ngo_service_provider",
        "civil-society outreach, shelters, legal and social help",
    )
    INTERNATIONAL_ORGANISATION = (
        "international_organisation",
        "IOM, UNHCR, UNICEF, UNODC, ILO, INTERPOL offices",
    )
    PRIVATE_SECTOR = "private_sector", "employers, recruiters, carriers, hotels, platforms, banks"
    WORKERS_EMPLOYERS_ORGANISATIONS = (
        "workers_employers_organisations",
        "trade unions and employers' associations",
    )
    MEDIA = "media", "press, broadcasters"
    COMMUNITY = "community", "public, neighbours, faith groups, family"
    SURVIVORS = "survivors", "survivor leaders and networks"
    ACADEMIA_RESEARCH = "academia_research", "universities, statistics offices"
    DEFENCE_DEPLOYED = "defence_deployed", "armed forces, peacekeepers and other deployed personnel"
    FOREIGN_COUNTERPART = "foreign_counterpart", "the matching authority of another State"
    JUSTICE_MINISTRY = "justice_ministry", "ministry of justice in its policy role"
    WITNESS_PROTECTION = "witness_protection", "body that protects victims and witnesses of crime"


class Role(Term):
    """What an agency is to a case."""

    DETECTING_AGENCY = (
        "detecting_agency",
        "any node that may meet a trafficked person first (first responder)",
    )
    IDENTIFICATION_AUTHORITY = (
        "identification_authority",
        "the body or panel competent to decide that someone is (presumed) trafficked",
    )
    SERVICE_PROVIDER = "service_provider", "whoever gives shelter and support, State or NGO"
    CASE_MANAGER = (
        "case_manager",
        "named person or team who owns the case across agencies (independent advocate)",
    )
    GUARDIAN = "guardian", "legal guardian of an unaccompanied child"
    LEGAL_REPRESENTATIVE = "legal_representative", "the victim's own lawyer"
    REINTEGRATION_PROVIDER = (
        "reintegration_provider",
        "whoever supports the person after return or settlement",
    )


class HandoffKind(Term):
    """What passes, and what it does."""

    REFERRAL = (
        "referral",
        "a person is offered and passed to another agency's service; consent travels with it",
    )
    CUSTODY_TRANSFER = (
        "custody_transfer",
        "physical responsibility for a person or placement changes hands",
    )
    NOTIFICATION = (
        "notification",
        "one agency must tell another that a fact has occurred; nobody moves",
    )
    INFORMATION_SHARING = (
        "information_sharing",
        "case or strategic information given so that the receiver can act",
    )
    EVIDENCE_TRANSFER = (
        "evidence_transfer",
        "material, statements or files passed under chain of custody",
    )
    REQUEST_FOR_ASSISTANCE = (
        "request_for_assistance",
        "one agency asks another to do something; an answer is owed",
    )
    DECISION = (
        "decision",
        "a formal decision is communicated and changes the person's legal position",
    )
    COMPLAINT = "complaint", "a complaint or claim is lodged or passed on to whoever is competent"
    ASSET_TRANSFER = "asset_transfer", "seized value or awarded money moves"
    REPORTING = "reporting", "upward or public accountability data"
    FEEDBACK = "feedback", "outcome told back to the agency that started the step"
    CONSULTATION = "consultation", "a view is obtained before a decision"
    JOINT_ACTION = (
        "joint_action",
        "two or more agencies act together (panel, joint interview, joint team)",
    )
    TRAINING = "training", "knowledge passed to staff"
    GUIDANCE = "guidance", "indicators, procedures, protocols issued to those who must use them"
    FUNDING = "funding", "money or staff made available"
    CHARGE = "charge", "a person is accused before a court, or a penalty is imposed"
    ORDER = "order", "an instruction within one chain of command"


class Need(Term):
    """What travels with a handoff, or must hold."""

    CONSENT = "consent", "agreement of the person, informed and revocable"
    INFORMED_CHOICE = "informed_choice", "options explained before the person decides"
    LEGAL_BASIS = "legal_basis", "a rule that allows the step"
    CONFIDENTIALITY = "confidentiality", "duty of secrecy on the receiver"
    DATA_PROTECTION = "data_protection", "data-protection rules met, minimum data"
    TIME_LIMIT = "time_limit", "a stated limit or urgency"
    LANGUAGE = "language", "in a language understood, interpreter"
    CHILD_BEST_INTERESTS = "child_best_interests", "best interests assessed"
    GUARDIAN_PRESENT = "guardian_present", "guardian appointed and present"
    RISK_ASSESSMENT = "risk_assessment", "danger assessed first"
    NON_CONDITIONALITY = "non_conditionality", "not dependent on co-operation or status"
    NO_REMOVAL = "no_removal", "removal suspended"
    NON_DETENTION = "non_detention", "no detention"
    USE_LIMITATION = "use_limitation", "use only for the stated purpose"
    SAFE_CHANNEL = "safe_channel", "secure, named channel"
    ACKNOWLEDGEMENT = "acknowledgement", "receipt confirmed"
    ACCOMPANIMENT = "accompaniment", "person accompanied"
    WRITTEN_RECORD = "written_record", "in writing, logged"
    FOCAL_POINT = "focal_point", "named contact on both sides"
    OUT_OF_HOURS = "out_of_hours", "works day and night"
    RESOURCES = "resources", "capacity and money at the receiver"
    VICTIM_VIEW = "victim_view", "the person's view obtained"
    DEFENCE_RIGHTS = "defence_rights", "rights of the defence kept"
    APPEAL = "appeal", "review available"
    LOW_THRESHOLD = "low_threshold", "reasonable grounds are enough"
    INDICATORS = "indicators", "shared indicators used"
    GENDER_SENSITIVITY = "gender_sensitivity", "sex, gender and special needs respected"
    VOLUNTARINESS = "voluntariness", "voluntary"
    INDEPENDENCE = "independence", "free of instruction"
    PUBLICATION = "publication", "made public"
    COOPERATION_OF_OTHER_STATE = "cooperation_of_other_state", "depends on the other State"
    SPECIALISED_STAFF = "specialised_staff", "trained staff at both ends"
    MULTI_AGENCY = "multi_agency", "more than one discipline decides"


class Instrument(Term):
    """A standard that a plan can be held against."""

    PALERMO = (
        "PALERMO",
        "Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children (UN, 2000)",
    )
    UNTOC = "UNTOC", "United Nations Convention against Transnational Organized Crime (2000)"
    CETS197 = (
        "CETS197",
        "Council of Europe Convention on Action against Trafficking in Human Beings (2005)",
    )
    ACTIP = (
        "ACTIP",
        "ASEAN Convention Against Trafficking in Persons, Especially Women and Children (2015)",
    )
    OHCHR = (
        "OHCHR",
        "OHCHR Recommended Principles and Guidelines on Human Rights and Human Trafficking (E/2002/68/Add.1, 2002)",
    )
    BALI = (
        "BALI",
        "Bali Process: Tokyo Co-Chairs' Summary (2005), Regional Strategic Roadmap, Policy Guides (2015)",
    )
    ODIHR = (
        "ODIHR",
        "OSCE/ODIHR, National Referral Mechanisms: a practical handbook, 2nd edition (2022)",
    )
    ICMPD = (
        "ICMPD",
        "ICMPD Guidelines: comprehensive national anti-trafficking response (2006); transnational referral mechanism (2009, 2010)",
    )
    UNODCTK = "UNODCTK", "UNODC Toolkit to Combat Trafficking in Persons (2nd ed., 2008)"
    IOMNAP = (
        "IOMNAP",
        "IOM, Key Elements of a National Action Plan on Trafficking in Persons (slides, Tokyo workshop, June 2005)",
    )
    ILO = (
        "ILO",
        "ILO Protocol of 2014 to the Forced Labour Convention (P029) and Recommendation 203",
    )
    TVPA = (
        "TVPA",
        "United States, Trafficking Victims Protection Act, minimum-standard criteria (22 USC 7106) and inter-agency task force (22 USC 7103)",
    )
    EU = "EU", "Directive 2011/36/EU as amended by Directive (EU) 2024/1712"


class Function(Term):
    """What an agency does; ``pillar`` is None where it serves all three."""

    _pillar: Pillar | None

    def __new__(cls, value: str, description: str = "", pillar: Pillar | None = None) -> Self:
        """Keep the meaning and the pillar beside the id."""
        term = str.__new__(cls, value)
        term._value_ = value
        term._description = description
        term._pillar = pillar
        return term

    @property
    def pillar(self) -> Pillar | None:
        """The pillar the function belongs to, or None where it serves all three."""
        return self._pillar

    RISK_RESEARCH = (
        "risk_research",
        "study who is trafficked, how, by whom; trend analysis",
        Pillar.PREVENT,
    )
    AWARENESS_RAISING = (
        "awareness_raising",
        "campaigns with a message for a named audience",
        Pillar.PREVENT,
    )
    VULNERABILITY_REDUCTION = (
        "vulnerability_reduction",
        "social and economic measures for groups at risk",
        Pillar.PREVENT,
    )
    DEMAND_REDUCTION = (
        "demand_reduction",
        "measures against use of exploited labour or services",
        Pillar.PREVENT,
    )
    SAFE_MIGRATION_INFORMATION = (
        "safe_migration_information",
        "honest information on legal routes, rights and help abroad",
        Pillar.PREVENT,
    )
    RECRUITMENT_REGULATION = (
        "recruitment_regulation",
        "licensing and policing of recruiters, fees and contracts",
        Pillar.PREVENT,
    )
    LABOUR_STANDARDS_ENFORCEMENT = (
        "labour_standards_enforcement",
        "inspection of workplaces where exploitation starts",
        Pillar.PREVENT,
    )
    SUPPLY_CHAIN_DUE_DILIGENCE = (
        "supply_chain_due_diligence",
        "duty on firms and public buyers to find and cure forced labour",
        Pillar.PREVENT,
    )
    CHILD_PROTECTIVE_ENVIRONMENT = (
        "child_protective_environment",
        "schooling, birth registration, safe care",
        Pillar.PREVENT,
    )
    BORDER_MEASURES = "border_measures", "controls that both prevent and detect", Pillar.PREVENT
    CARRIER_OBLIGATIONS = (
        "carrier_obligations",
        "duties and sanctions on transport firms",
        Pillar.PREVENT,
    )
    DOCUMENT_SECURITY = (
        "document_security",
        "documents hard to forge, lawfully issued and checkable",
        Pillar.PREVENT,
    )
    ANTI_CORRUPTION = (
        "anti_corruption",
        "integrity measures on officials along the route",
        Pillar.PREVENT,
    )
    ONLINE_RISK_CONTROL = (
        "online_risk_control",
        "take-down and reporting of online recruitment and exploitation",
        Pillar.PREVENT,
    )
    PERSONNEL_CONDUCT = (
        "personnel_conduct",
        "codes and sanctions for troops, diplomats, contractors",
        Pillar.PREVENT,
    )
    RETRAFFICKING_PREVENTION = (
        "retrafficking_prevention",
        "follow-up of those already harmed once",
        Pillar.PREVENT,
    )
    COMPLAINT_HANDLING = (
        "complaint_handling",
        "complaints about work, pay, recruitment or officials are taken and settled",
        Pillar.PREVENT,
    )
    PROACTIVE_SCREENING = (
        "proactive_screening",
        "looking for victims in high-risk groups with indicators",
        Pillar.PROTECT,
    )
    HOTLINE_OPERATION = (
        "hotline_operation",
        "reachable, multilingual, with outbound referral",
        Pillar.PROTECT,
    )
    FIRST_RESPONSE_SAFETY = (
        "first_response_safety",
        "taking someone out of danger, out of hours too",
        Pillar.PROTECT,
    )
    RISK_ASSESSMENT = (
        "risk_assessment",
        "danger to the person and family, now and after each change",
        Pillar.PROTECT,
    )
    NEEDS_ASSESSMENT = (
        "needs_assessment",
        "individual needs with the person's own view",
        Pillar.PROTECT,
    )
    INTERPRETATION = (
        "interpretation",
        "independent, vetted, usable at first contact",
        Pillar.PROTECT,
    )
    RIGHTS_INFORMATION = (
        "rights_information",
        "rights, services and procedures explained",
        Pillar.PROTECT,
    )
    VICTIM_IDENTIFICATION = (
        "victim_identification",
        "preliminary and conclusive decision with review",
        Pillar.PROTECT,
    )
    AGE_ASSESSMENT = "age_assessment", "presume child; assess with care", Pillar.PROTECT
    BEST_INTERESTS_DETERMINATION = (
        "best_interests_determination",
        "formal weighing of a child's interests for a lasting solution",
        Pillar.PROTECT,
    )
    GUARDIANSHIP = "guardianship", "appointed guardian who acts for the child", Pillar.PROTECT
    CASE_MANAGEMENT = "case_management", "one owner, one plan, across agencies", Pillar.PROTECT
    EMERGENCY_ACCOMMODATION = (
        "emergency_accommodation",
        "safe, open, suited to sex, age and family",
        Pillar.PROTECT,
    )
    MEDICAL_CARE = "medical_care", "urgent and continuing", Pillar.PROTECT
    PSYCHOSOCIAL_CARE = "psychosocial_care", "counselling and therapy", Pillar.PROTECT
    MATERIAL_ASSISTANCE = "material_assistance", "food, clothing, money", Pillar.PROTECT
    LEGAL_ASSISTANCE = (
        "legal_assistance",
        "lawyer before and during every procedure",
        Pillar.PROTECT,
    )
    REFLECTION_PERIOD = (
        "reflection_period",
        "time to recover and choose, removal suspended",
        Pillar.PROTECT,
    )
    RESIDENCE_STATUS = "residence_status", "temporary or lasting stay", Pillar.PROTECT
    ASYLUM_ACCESS = "asylum_access", "claim for protection possible at any time", Pillar.PROTECT
    NON_DETENTION = (
        "non_detention",
        "no holding of victims for status or for testimony",
        Pillar.PROTECT,
    )
    NON_PUNISHMENT = (
        "non_punishment",
        "no penalty for acts caused by the trafficking",
        Pillar.PROTECT,
    )
    PRIVACY_PROTECTION = (
        "privacy_protection",
        "identity and data kept to those who need them",
        Pillar.PROTECT,
    )
    EDUCATION_ACCESS = "education_access", "schooling for children", Pillar.PROTECT
    LABOUR_MARKET_ACCESS = "labour_market_access", "work, training", Pillar.PROTECT
    FAMILY_TRACING = (
        "family_tracing",
        "search for and contact with family when safe",
        Pillar.PROTECT,
    )
    NATIONALITY_VERIFICATION = (
        "nationality_verification",
        "confirming who someone is, at the right time",
        Pillar.PROTECT,
    )
    TRAVEL_DOCUMENTS = "travel_documents", "papers for return", Pillar.PROTECT
    SAFE_RETURN = "safe_return", "voluntary, assessed, timed with proceedings", Pillar.PROTECT
    REINTEGRATION_SUPPORT = (
        "reintegration_support",
        "help after return or settlement",
        Pillar.PROTECT,
    )
    POST_RETURN_MONITORING = (
        "post_return_monitoring",
        "checking that it worked and that it is safe",
        Pillar.PROTECT,
    )
    CHILD_PLACEMENT = (
        "child_placement",
        "deciding where a child lives outside the family",
        Pillar.PROTECT,
    )
    CRIMINALISATION = (
        "criminalisation",
        "offence, attempt, accomplices, aggravation, legal persons",
        Pillar.PROSECUTE,
    )
    EX_OFFICIO_INVESTIGATION = (
        "ex_officio_investigation",
        "inquiry without a complaint from the victim",
        Pillar.PROSECUTE,
    )
    PROACTIVE_INVESTIGATION = (
        "proactive_investigation",
        "intelligence-led work, special techniques",
        Pillar.PROSECUTE,
    )
    FINANCIAL_INVESTIGATION = (
        "financial_investigation",
        "follow the money in every case",
        Pillar.PROSECUTE,
    )
    EVIDENCE_COLLECTION = (
        "evidence_collection",
        "including evidence that spares the victim",
        Pillar.PROSECUTE,
    )
    INSIDER_COOPERATION = (
        "insider_cooperation",
        "use and protection of those who turn on the group",
        Pillar.PROSECUTE,
    )
    CORRUPTION_INVESTIGATION = "corruption_investigation", "complicit officials", Pillar.PROSECUTE
    PROSECUTION_SERVICE = "prosecution_service", "charge, present, appeal", Pillar.PROSECUTE
    SENTENCING = "sentencing", "proportionate and deterrent", Pillar.PROSECUTE
    VICTIM_PARTICIPATION = (
        "victim_participation",
        "information, views heard, civil claim",
        Pillar.PROSECUTE,
    )
    WITNESS_PROTECTION = (
        "witness_protection",
        "before, during and after; family and NGOs too",
        Pillar.PROSECUTE,
    )
    COURT_PROTECTION_MEASURES = (
        "court_protection_measures",
        "video link, closed court, no repeated questioning",
        Pillar.PROSECUTE,
    )
    ASSET_CONFISCATION = "asset_confiscation", "freeze, seize, confiscate, manage", Pillar.PROSECUTE
    COMPENSATION_ORDER = (
        "compensation_order",
        "award in or alongside the criminal case, wages included",
        Pillar.PROSECUTE,
    )
    ESTABLISHMENT_CLOSURE = (
        "establishment_closure",
        "close premises, ban from activity",
        Pillar.PROSECUTE,
    )
    CORPORATE_LIABILITY = "corporate_liability", "proceed against firms", Pillar.PROSECUTE
    MUTUAL_LEGAL_ASSISTANCE = (
        "mutual_legal_assistance",
        "formal requests through a central authority",
        Pillar.PROSECUTE,
    )
    EXTRADITION = "extradition", "surrender or prosecute", Pillar.PROSECUTE
    JOINT_INVESTIGATION = (
        "joint_investigation",
        "teams across agencies or borders",
        Pillar.PROSECUTE,
    )
    POLICE_COOPERATION = "police_cooperation", "direct channels, liaison officers", Pillar.PROSECUTE
    OBSTRUCTION_RESPONSE = (
        "obstruction_response",
        "action on threats and bribery of witnesses",
        Pillar.PROSECUTE,
    )
    CRIMINAL_INVESTIGATION = (
        "criminal_investigation",
        "inquiry into a suspected offence",
        Pillar.PROSECUTE,
    )
    ADJUDICATION = "adjudication", "hearing and deciding criminal cases", Pillar.PROSECUTE
    STATE_COMPENSATION = (
        "state_compensation",
        "deciding and paying claims against the State or its fund",
        Pillar.PROSECUTE,
    )
    REMOVAL = "removal", "enforced departure of persons without a right to stay", Pillar.PROSECUTE
    POLICY_COORDINATION = (
        "policy_coordination",
        "one body that makes agencies decide together",
        None,
    )
    NATIONAL_PLAN = "national_plan", "goals, activities, owner, time, money, indicator", None
    FOCAL_POINT = "focal_point", "a named contact in each agency and region", None
    PROCEDURES = "procedures", "written operating procedures and protocols", None
    DATA_COLLECTION = "data_collection", "shared definitions and counts by stage", None
    INDEPENDENT_MONITORING = (
        "independent_monitoring",
        "rapporteur outside the executive chain",
        None,
    )
    EVALUATION_REVIEW = "evaluation_review", "evaluate, publish, revise", None
    BUDGETING = "budgeting", "money tied to each activity", None
    TRAINING_PROGRAMME = "training_programme", "by role, repeated, tested", None
    CIVIL_SOCIETY_PARTNERSHIP = "civil_society_partnership", "formal place and funds for NGOs", None
    SURVIVOR_PARTICIPATION = "survivor_participation", "survivors in design and review", None
    INTERNATIONAL_COOPERATION = (
        "international_cooperation",
        "agreements, contact points, networks",
        None,
    )
    LEGAL_REVIEW = "legal_review", "keep law in step with treaties", None
    INFORMATION_PROTOCOL = (
        "information_protocol",
        "what may be shared, by whom, on what basis",
        None,
    )
