"""The words of the plan file that are not taken from the reference standards."""

from interagency.vocabulary._term import Term


class Level(Term):
    """How far an agency's remit goes."""

    LOCAL = "local", "municipality, village, ward"
    DISTRICT = "district", "between local and provincial"
    PROVINCIAL = "provincial", "province, state or region within the country"
    NATIONAL = "national", "the whole country"
    REGIONAL = "regional", "several countries"
    INTERNATIONAL = "international", "abroad or world-wide, missions included"


class Group(Term):
    """Groups of people a handoff is limited to, or an agency serves."""

    ADULTS = "adults", "everyone who is not a child"
    CHILDREN = "children", "persons under 18"
    WOMEN = "women", "adult women"
    MEN = "men", "adult men"
    GIRLS = "girls", "female children"
    BOYS = "boys", "male children"
    FAMILIES = "families", "a victim together with children or a partner"
    NATIONALS = "nationals", "nationals of the plan's country"
    FOREIGN_NATIONALS = "foreign_nationals", "nationals of another country"
    ASYLUM_SEEKERS = "asylum_seekers", "persons whose claim for protection is open"
    STATELESS = "stateless", "persons without a nationality"
    IRREGULAR_MIGRANTS = "irregular_migrants", "persons without a right to stay"
    NATIONALS_ABROAD = "nationals_abroad", "nationals who were exploited or found abroad"
    DETAINED = "detained", "persons in prison or immigration detention"
    INTERNAL_CASES = "internal_cases", "trafficking that crossed no border"
    SEXUAL_EXPLOITATION = "sexual_exploitation", "victims of this form of exploitation"
    FORCED_LABOUR = "forced_labour", "victims of this form of exploitation"
    DOMESTIC_WORK = "domestic_work", "victims exploited in households"
    FISHING = "fishing", "victims exploited at sea"
    FORCED_CRIMINALITY = "forced_criminality", "victims made to commit offences"
    DISABILITIES = "disabilities", "persons with disabilities"
    LGBTI = "lgbti", "lesbian, gay, bisexual, trans and intersex persons"


class Condition(Term):
    """What must be the case before a handoff happens."""

    CONSENT_GIVEN = "consent_given", "the person has agreed"
    REASONABLE_GROUNDS = "reasonable_grounds", "signs are enough; no proof is asked for"
    FORMAL_IDENTIFICATION = "formal_identification", "the conclusive decision has been taken"
    COOPERATES = "cooperates", "the person helps the investigation or prosecution"
    CASE_OPENED = "case_opened", "a criminal case is open"
    CHARGE_LAID = "charge_laid", "somebody has been charged"
    CONVICTION = "conviction", "somebody has been convicted"
    COURT_ORDER = "court_order", "a court has ordered it"
    RIGHT_TO_STAY = "right_to_stay", "the person may stay in the country"
    IMMEDIATE_DANGER = "immediate_danger", "life or limb are in danger now"
    PAPERS_MISSING = "papers_missing", "the person has no travel or identity papers"
    NO_DANGER_OF_RETURN = "no_danger_of_return", "going home has been found safe"
    GOVERNMENT_REQUEST = "government_request", "a government has asked for it"


class Status(Term):
    """Whether a handoff that the plan speaks of is there."""

    IN_FORCE = "in_force", "prescribed and done"
    INFORMAL = "informal", "done by habit, not prescribed"
    UNUSED = "unused", "prescribed and not done"
    PLANNED = "planned", "to come"
    ENDED = "ended", "no longer there"
    MISSING = "missing", "a source states that it does not exist"


class Completeness(Term):
    """What the plan's silence means."""

    PARTIAL = "partial", "what is not written is not stated"
    COMPLETE = "complete", "what is not written is absent"


class SourceKind(Term):
    """What kind of document a source is."""

    STATUTE = "statute", "law, decree, regulation"
    PROCEDURE = "procedure", "operating procedure, manual, protocol"
    GOVERNMENT = "government", "any other publication of a government"
    EVALUATOR = "evaluator", "report of an outside evaluator"
    PRESS = "press", "news"
    RESEARCH = "research", "study"
    OWN = "own", "the drafter's own knowledge"


class Hours(Term):
    """When an agency can be reached."""

    ROUND_THE_CLOCK = "round_the_clock", "day and night, every day"
    OFFICE_HOURS = "office_hours", "working hours only"


class Coverage(Term):
    """How much of its territory an agency reaches in practice."""

    EVERYWHERE = "everywhere", "the whole territory of its level"
    PARTS = "parts", "some places and not others"
    ONE_PLACE = "one_place", "a single place, as a capital"


class Means(Term):
    """Whether money and staff stand behind an agency's duties."""

    SECURED = "secured", "a budget of its own or a standing grant"
    PARTIAL = "partial", "some, and not enough or not lasting"
    NONE = "none", "a source says that there are none"


class Data(Term):
    """What a handoff tells of a person."""

    PERSONAL = "personal", "who the person is can be known from it"
    ANONYMOUS = "anonymous", "statistics, or a notice without identity"
