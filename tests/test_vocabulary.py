"""The vocabularies are those of the reference standards, word for word."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from interagency import vocabulary
from interagency.vocabulary import Function, Pillar

sys.path.insert(0, str(Path(__file__).parent / "tools"))
import write_generated


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
