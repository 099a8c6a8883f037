"""The vocabularies are those of the reference standards, word for word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from interagency import InvalidPlan, vocabulary
from interagency.formats import read
from interagency.vocabulary import Function, Pillar
from interagency.vocabulary.synonyms import SYNONYMS

sys.path.insert(0, str(Path(__file__).parent / "tools"))
import write_generated

PLAN = """\
format: 1
plan: {id: isles, title: The plan of the isles, as_of: 2024}
agencies:
  - {id: police, name: Police, sector: law_enforcement}
  - {id: shelter, name: Shelter}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
"""


def test_what_is_generated_is_what_the_standards_say() -> None:
    for target, text in write_generated.generated().items():
        assert target.read_text(encoding="utf-8") == text, target.name


def test_every_function_knows_its_pillar() -> None:
    words = yaml.safe_load(write_generated.STANDARDS.read_text(encoding="utf-8"))["vocabulary"]
    for pillar, functions in words["functions"].items():
        wanted = None if pillar == "cross_cutting" else Pillar(pillar)
        assert {Function(f).pillar for f in functions} == {wanted}


def test_every_word_says_what_it_means() -> None:
    for name in vocabulary.__all__:
        if name in ("Term", "Pillar"):
            continue
        for term in getattr(vocabulary, name):
            assert term.description, term
            assert "_" not in term.label


def test_what_people_write_is_none_of_our_words_and_is_written_as_they_are_looked_up() -> None:
    for terms, words in SYNONYMS.items():
        assert not set(words) & {term.value for term in terms}
        for word, meant in words.items():
            assert word == word.casefold().replace("-", "_").replace(" ", "_")
            assert len(meant) == len(set(meant)) <= 3
            assert set(meant) <= {term.value for term in terms}


@pytest.mark.parametrize(
    ("field", "word", "meant"),
    [
        ("sector: law_enforcement", "Police", ["law_enforcement"]),
        ("kind: referral", "transfer", ["referral", "custody_transfer"]),
        ("kind: referral", "refer", ["referral"]),
        ("kind: referral", "Data sharing", ["information_sharing"]),
        ("sector: law_enforcement", "task-force", ["coordination_body"]),
    ],
)
def test_a_word_of_the_field_is_told_as_ours(field: str, word: str, meant: list[str]) -> None:
    key, _, was = field.partition(": ")
    told = PLAN.replace(f"{key}: {was}", f"{key}: {word}")
    with pytest.raises(InvalidPlan) as wrong:
        read(told.encode(), "plan.yaml")
    (problem,) = wrong.value.problems
    assert problem.mend.startswith("Perhaps ")
    assert [w for w in meant if f"'{w}' (" not in problem.mend] == []
