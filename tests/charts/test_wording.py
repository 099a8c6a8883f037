"""What charts say themselves: complete in every language, and never English by oversight."""

from __future__ import annotations

import gettext
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from plans import REAL, finding, invented, real

import interagency
from interagency import charts, formats
from interagency.charts import ladder_rows, wording
from interagency.charts.checker import check
from interagency.charts.exports import EXPORTS
from interagency.charts.wording import Wording
from interagency.engine import Rule
from interagency.graph import PlanGraph
from interagency.model import Names
from interagency.rules import BUILT_IN
from interagency.vocabulary import Function, Sector, Stage

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import words

TAGS = words.languages()


def told(catalogue: bytes) -> dict[object, str]:
    """What a compiled catalogue holds, but for its head."""
    read = gettext.GNUTranslations(io.BytesIO(catalogue))
    return {key: text for key, text in vars(read)["_catalog"].items() if key}


def test_the_list_of_messages_is_up_to_date() -> None:
    with words.LIST.open("rb") as file:
        written = words.read_po(file)
    assert [(m.id, m.context) for m in written] == [(m.id, m.context) for m in words.messages()]


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_in_a_language_is_broken(tag: str) -> None:
    assert list(words.problems(words.read(tag))) == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_is_complete_but_for_what_is_new(tag: str) -> None:
    left = words.left_out(words.read(tag))
    assert len(left) < len(words.messages()) / 20, left


@pytest.mark.parametrize("tag", TAGS)
def test_what_charts_read_is_what_was_written(tag: str) -> None:
    compiled = (words.WORDS / f"{tag}.mo").read_bytes()
    assert told(compiled) == told(words.compiled(words.read(tag)))


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_says_how_far_it_was_checked(tag: str) -> None:
    assert words.checked(tag)


def test_every_catalogue_is_compiled() -> None:
    assert wording.languages() == frozenset(TAGS)


def test_problems_of_a_translation_are_named() -> None:
    broken = words.messages()
    broken.get("Page {at} of {count}").string = "Seite {at} von {zahl}"
    (found,) = [text for text in words.problems(broken) if "Page {at}" in text]
    assert "other names in braces" in found
    assert "Notes" in words.left_out(broken)


class Listening(gettext.NullTranslations):
    """Says every message marked, and refuses one that is not in the list."""

    def __init__(self) -> None:
        super().__init__()
        self.known = {(words._key(m), m.context) for m in words.messages() if m.id}

    def _said(self, message: str, context: str | None = None) -> str:
        assert (message, context) in self.known, message
        return message if "{" in message else f"⟦{message}⟧"

    def gettext(self, message: str) -> str:
        return self._said(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._said(msgid1).replace("{n} ", "{n} ⟦") + "⟧"

    def pgettext(self, context: str, message: str) -> str:
        if context == wording.PROPOSED and (message, context) not in self.known:
            return message  # a rule that names an agency or a term in it
        return self._said(message, context)


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wording]:
    ours = Wording("en", "en", Listening())
    monkeypatch.setattr(ladder_rows, "wording", lambda language: ours)
    return ours


def whole(graph: PlanGraph) -> Iterator[str]:
    """Everything that can be drawn or written of a plan."""
    findings = [finding("G01", expected=[("a0", "a1")]), finding("G02", agencies=["a1"])]
    findings.append(finding("G03", question=True, expected=[("a1", "a2")]))
    for view in charts.VIEWS:
        chart = charts.draw(graph, findings, view=view)
        yield "\n".join(text.text for page in chart.pages for text in page.texts())
        yield chart.describe()
    yield chart.html()
    for export in EXPORTS.values():
        yield export.write(graph, findings)


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_message_that_is_said_stands_in_the_list(seed: int) -> None:
    texts = list(whole(invented(6, 20, seed)))
    assert all("⟦" in text for text in texts[:-1:2])


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_says_nothing_that_is_not_in_the_list(name: str) -> None:
    audit = interagency.audit(real(name))
    for view in charts.VIEWS:
        for page in interagency.chart(audit, view=view).pages:
            assert any("⟦" in text.text for text in page.texts())


def test_a_form_of_a_language_has_its_words() -> None:
    assert wording.wording("th-TH").language == "th"
    assert wording.wording("th-TH").warnings == ()


def test_kinds_of_terms_that_share_an_id_have_words_of_their_own() -> None:
    both = (Sector.PROSECUTION, Stage.PROSECUTION)
    ours = wording.wording("ar")
    assert len({ours.term(term) for term in both}) == 2


def test_a_language_without_words_is_english_and_says_so() -> None:
    chart = charts.draw(real("nepal"), language="tlh")
    assert any("Page 1 of 1" in text.text for text in chart.pages[0].texts())
    assert [text for text in chart.warnings if "'tlh'" in text]
    assert charts.draw(real("nepal"), language="en-GB").warnings == ()


@pytest.mark.parametrize("tag", ["../th", "th/../../x", "", "-", "\0", "C"])
def test_a_strange_tag_reads_no_file(tag: str) -> None:
    assert wording.wording(tag).language == "en"


@pytest.mark.parametrize("tag", TAGS)
def test_every_letter_of_a_language_has_a_font(tag: str) -> None:
    said = "".join(map(str, told((words.WORDS / f"{tag}.mo").read_bytes()).values()))
    from interagency.charts.text import missing

    assert missing(said) == ()


LANGUAGES = {
    "ar": "الهيئة الوطنية لمكافحة الاتجار بالأشخاص",
    "bn": "জাতীয় মানব পাচার প্রতিরোধ কর্তৃপক্ষ",
    "en": "National Commission for Combating Trafficking",
    "km": "គណៈកម្មាធិការជាតិប្រយុទ្ធប្រឆាំងអំពើជួញដូរមនុស្ស",
    "lo": "ຄະນະກໍາມະການແຫ່ງຊາດຕ້ານການຄ້າມະນຸດ",
    "my": "လူကုန်ကူးမှုတားဆီးနှိမ်နင်းရေးဗဟိုအဖွဲ့",
    "ne": "मानव बेचबिखन विरुद्ध राष्ट्रिय समिति",
    "si": "මිනිස් ජාවාරම් මැඩලීමේ ජාතික බලකාය",
    "ta": "தேசிய ஆட்கடத்தல் தடுப்பு செயலணி",
    "th": "คณะกรรมการป้องกันและปราบปรามการค้ามนุษย์",
}


@pytest.mark.parametrize("view", charts.VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_languages_pass_the_gates_in_every_view(language: str, view: str) -> None:
    graph = real("nepal")
    agencies = tuple(
        agency.model_copy(update={"names": Names({language: LANGUAGES[language]})})
        for agency in graph.agencies
    )
    plan = graph.plan.model_copy(update={"agencies": agencies})
    audit = interagency.audit(PlanGraph(plan))
    for page in interagency.chart(audit, view=view, language=language).pages:
        assert check(page).faults_but_crossings == ()


def test_a_code_that_ends_with_a_sign_keeps_it_at_its_end_from_right_to_left() -> None:
    told = wording.wording("ar").say("findings: {codes}", codes="G32?")
    assert told.endswith("G32?\u200e")
    assert wording.wording("en").say("findings: {codes}", codes="G32?") == "findings: G32?"


@pytest.mark.parametrize("tag", TAGS)
def test_the_words_of_a_language_keep_to_the_rows_of_functions(tag: str) -> None:
    audit = interagency.audit(real("thailand"))
    for page in interagency.chart(audit, view="functions", language=tag).pages:
        assert check(page).faults_but_crossings == ()


@pytest.mark.parametrize("view", ["ladder", "lanes", "pathway"])
def test_a_head_stands_before_its_words_as_the_language_has_it(view: str) -> None:
    pages = interagency.chart(interagency.audit(real("thailand")), view=view, language="fr").pages
    said = " ".join(text.text for page in pages for text in page.texts())
    assert "NON PRÉCISÉ\u00a0: " in said
    assert "NON PRÉCISÉ: " not in said


def test_a_word_of_a_vocabulary_in_what_a_rule_says_is_put_into_the_language() -> None:
    ours = wording.wording("fr")
    told = ours.proposed(f"person in need of {Function.EMERGENCY_ACCOMMODATION.label}")
    assert told == f"personne ayant besoin de\u00a0: {ours.term(Function.EMERGENCY_ACCOMMODATION)}"
    assert ours.proposed("what only this plan says") == "what only this plan says"


@pytest.mark.parametrize("rule", BUILT_IN, ids=str)
def test_what_a_rule_expects_to_pass_can_be_said_in_every_language(rule: Rule) -> None:
    """But for the words of a plan, which a rule hands on as they are."""
    plan, _ = formats.read(rule.broken.encode(), "broken.yaml")
    theirs = {handoff.what for handoff in plan.handoffs}
    findings = interagency.audit(plan, [rule]).findings
    expected = {e.what for f in findings for e in f.expected} - theirs - {""}
    ours = wording.wording("ru")
    assert [text for text in expected if ours.proposed(text) == text] == []


def test_a_sentence_ends_as_the_language_has_it() -> None:
    assert wording.wording("en").sentences(["One", "", "Two"]) == "One. Two."
    assert wording.wording("ne").sentences(["एक"]) == "एक।"


@pytest.mark.parametrize("view", ["ladder", "lanes"])
@pytest.mark.parametrize("tag", TAGS)
def test_the_words_of_a_language_keep_to_a_slide(tag: str, view: str) -> None:
    audit = interagency.audit(real("bulgaria"))
    for page in interagency.chart(audit, view=view, language=tag, page="slide").pages:
        assert check(page).faults_but_crossings == ()
