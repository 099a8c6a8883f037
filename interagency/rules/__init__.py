"""The rules that come with the library, in the order in which an audit tells of them.

>>> by_name("g01").name
'detector-without-a-way'
"""

from __future__ import annotations

from collections.abc import Iterable

from interagency.engine import Rule
from interagency.errors import UnknownName
from interagency.rules.adult_reported_without_consent import adult_reported_without_consent
from interagency.rules.asked_again_and_again import asked_again_and_again
from interagency.rules.asylum_silo import asylum_silo
from interagency.rules.cases_go_round import cases_go_round
from interagency.rules.chain_of_command_cut import chain_of_command_cut
from interagency.rules.charged_before_asked import charged_before_asked
from interagency.rules.child_identity_published import child_identity_published
from interagency.rules.child_lost_between_two import child_lost_between_two
from interagency.rules.child_returned_unassessed import child_returned_unassessed
from interagency.rules.cliff_at_the_exit import cliff_at_the_exit
from interagency.rules.closed_loop import closed_loop
from interagency.rules.complaint_returns_to_the_accused import complaint_returns_to_the_accused
from interagency.rules.coordinator_without_reach import coordinator_without_reach
from interagency.rules.counts_that_never_meet import counts_that_never_meet
from interagency.rules.data_leak_to_enforcement import data_leak_to_enforcement
from interagency.rules.detector_without_a_way import detector_without_a_way
from interagency.rules.detention_hole import detention_hole
from interagency.rules.family_told_unchecked import family_told_unchecked
from interagency.rules.foreign_evidence_out_of_reach import foreign_evidence_out_of_reach
from interagency.rules.foreign_material_reused import foreign_material_reused
from interagency.rules.function_nobody_holds import function_nobody_holds
from interagency.rules.group_without_a_route import group_without_a_route
from interagency.rules.handoff_by_habit import handoff_by_habit
from interagency.rules.help_ends_before_the_decision import help_ends_before_the_decision
from interagency.rules.help_for_testimony import help_for_testimony
from interagency.rules.help_out_of_reach import help_out_of_reach
from interagency.rules.identification_hangs_on_the_case import identification_hangs_on_the_case
from interagency.rules.identified_then_nothing import identified_then_nothing
from interagency.rules.label_lost_on_the_way import label_lost_on_the_way
from interagency.rules.labour_case_closed_as_pay import labour_case_closed_as_pay
from interagency.rules.lawyer_too_late import lawyer_too_late
from interagency.rules.missing_detectors import missing_detectors
from interagency.rules.money_trail_cut import money_trail_cut
from interagency.rules.names_where_numbers_do import names_where_numbers_do
from interagency.rules.nationals_abroad_not_connected import nationals_abroad_not_connected
from interagency.rules.ngo_outside import ngo_outside
from interagency.rules.no_branch_for_children import no_branch_for_children
from interagency.rules.no_firewall_to_immigration import no_firewall_to_immigration
from interagency.rules.no_help_without_testimony import no_help_without_testimony
from interagency.rules.no_second_look import no_second_look
from interagency.rules.no_word_back import no_word_back
from interagency.rules.nobody_inspects_the_care import nobody_inspects_the_care
from interagency.rules.nothing_passes_between import nothing_passes_between
from interagency.rules.one_gatekeeper import one_gatekeeper
from interagency.rules.one_provider_no_fallback import one_provider_no_fallback
from interagency.rules.origin_state_told import origin_state_told
from interagency.rules.over_demanding_gate import over_demanding_gate
from interagency.rules.own_work_marked import own_work_marked
from interagency.rules.prevention_stump import prevention_stump
from interagency.rules.recognised_but_not_investigated import recognised_but_not_investigated
from interagency.rules.referral_without_consent import referral_without_consent
from interagency.rules.removal_before_identification import removal_before_identification
from interagency.rules.removed_while_check_open import removed_while_check_open
from interagency.rules.return_without_receiver import return_without_receiver
from interagency.rules.sent_where_not_taken import sent_where_not_taken
from interagency.rules.stated_missing import stated_missing
from interagency.rules.step_without_a_clock import step_without_a_clock
from interagency.rules.subject_with_nobody import subject_with_nobody
from interagency.rules.task_nobody_comes_to import task_nobody_comes_to
from interagency.rules.three_islands import three_islands
from interagency.rules.two_owners_no_rule import two_owners_no_rule
from interagency.rules.unfunded_duty import unfunded_duty
from interagency.rules.victim_charged import victim_charged
from interagency.rules.victim_left_out import victim_left_out
from interagency.rules.victim_locked_up import victim_locked_up
from interagency.rules.waiting_to_be_told import waiting_to_be_told
from interagency.rules.witness_without_a_shield import witness_without_a_shield
from interagency.rules.written_and_not_done import written_and_not_done

BUILT_IN: tuple[Rule, ...] = (
    detector_without_a_way,
    removal_before_identification,
    one_gatekeeper,
    identification_hangs_on_the_case,
    help_for_testimony,
    identified_then_nothing,
    no_second_look,
    no_word_back,
    ngo_outside,
    no_branch_for_children,
    child_lost_between_two,
    group_without_a_route,
    asylum_silo,
    detention_hole,
    missing_detectors,
    labour_case_closed_as_pay,
    money_trail_cut,
    lawyer_too_late,
    witness_without_a_shield,
    asked_again_and_again,
    coordinator_without_reach,
    own_work_marked,
    unfunded_duty,
    function_nobody_holds,
    return_without_receiver,
    step_without_a_clock,
    nationals_abroad_not_connected,
    two_owners_no_rule,
    help_out_of_reach,
    referral_without_consent,
    data_leak_to_enforcement,
    closed_loop,
    complaint_returns_to_the_accused,
    prevention_stump,
    foreign_evidence_out_of_reach,
    three_islands,
    counts_that_never_meet,
    chain_of_command_cut,
    waiting_to_be_told,
    over_demanding_gate,
    one_provider_no_fallback,
    label_lost_on_the_way,
    cliff_at_the_exit,
    nobody_inspects_the_care,
    charged_before_asked,
    handoff_by_habit,
    recognised_but_not_investigated,
    origin_state_told,
    removed_while_check_open,
    child_returned_unassessed,
    no_help_without_testimony,
    victim_locked_up,
    foreign_material_reused,
    child_identity_published,
    adult_reported_without_consent,
    no_firewall_to_immigration,
    victim_charged,
    family_told_unchecked,
    names_where_numbers_do,
    stated_missing,
    subject_with_nobody,
    written_and_not_done,
    nothing_passes_between,
    task_nobody_comes_to,
    victim_left_out,
    sent_where_not_taken,
    cases_go_round,
    help_ends_before_the_decision,
)
"""In the order of their codes."""


def by_name(name: str, known: Iterable[Rule] = BUILT_IN) -> Rule:
    """The rule of that name or code, in any case; of the built-in ones, or of those given.

    Raises:
        UnknownName: there is none.
    """
    rules = tuple(known)
    asked = name.strip().casefold().replace("_", "-")
    for rule in rules:
        if asked in (rule.name.casefold(), rule.code.casefold().replace("_", "-")):
            return rule
    raise UnknownName("rule", name, [n for r in rules for n in (r.name, r.code)])
