import subprocess
import sys
import unicodedata
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interagency.charts.faces import FACES
from interagency.charts.text import (
    clean,
    graphemes,
    is_rtl,
    leading,
    measure,
    missing,
    runs,
    widest_word,
    wrap,
)

SAMPLES = {
    "Latin": "Anti-Trafficking Police Division",
    "Vietnamese": "Cục Cảnh sát hình sự – Bộ Công an",
    "Thai": "กองบังคับการปราบปรามการกระทำความผิดเกี่ยวกับการค้ามนุษย์",
    "Lao": "ກົມຕຳຫຼວດຕ້ານການຄ້າມະນຸດ",
    "Burmese": "လူကုန်ကူးမှုတားဆီးနှိမ်နင်းရေးရဲတပ်ဖွဲ့",
    "Khmer": "នាយកដ្ឋានប្រឆាំងការជួញដូរមនុស្ស",
    "Bengali": "মানব পাচার প্রতিরোধ ও দমন ট্রাইব্যুনাল",
    "Hindi": "मानव तस्करी निरोधक इकाई",
    "Tamil": "ஆட்கடத்தல் தடுப்புப் பிரிவு",
    "Sinhala": "මිනිස් ජාවාරම් වැළැක්වීමේ ඒකකය",
    "Arabic": "إدارة مكافحة الاتجار بالأشخاص",
    "Cyrillic": "Главна дирекция Гранична полиция",
}
EXACT = ("Latin", "Vietnamese", "Thai", "Lao", "Burmese", "Cyrillic")
any_text = st.text(max_size=60)


@pytest.mark.skipif(find_spec("uharfbuzz") is None, reason="compares with the real shaper")
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("script", SAMPLES)
def test_the_table_is_never_too_narrow(script: str, bold: bool) -> None:
    """A box that is too wide looks loose; one that is too narrow lets words run out of it."""
    by_table = measure(SAMPLES[script], 10, bold=bold)
    shaped = measure(SAMPLES[script], 10, bold=bold, shaped=True)
    assert by_table >= shaped * 0.985
    if script in EXACT:
        assert by_table <= shaped * 1.02


@pytest.mark.parametrize("script", SAMPLES)
def test_the_bundled_fonts_have_every_letter_of(script: str) -> None:
    assert missing(SAMPLES[script]) == ()


def test_a_line_is_cut_where_the_face_must_change() -> None:
    assert [(r.text, r.face.family) for r in runs("ส่ง (24 ชั่วโมง)")] == [
        ("ส่ง ", "Noto Sans Thai"),
        ("(24 ", "Noto Sans"),
        ("ชั่วโมง", "Noto Sans Thai"),
        (")", "Noto Sans"),
    ]


def test_an_ideograph_is_one_em_wide_and_reported_as_missing() -> None:
    assert measure("公安部", 10) == 30
    assert missing("公安部 1") == ("公", "安", "部")


def test_stacked_scripts_get_more_leading() -> None:
    assert leading("Police") < leading("ตำรวจ") < leading("ရဲတပ်ဖွဲ့")


@pytest.mark.parametrize("script", ["Thai", "Khmer", "Burmese", "Lao"])
def test_a_line_begins_with_a_whole_letter(script: str) -> None:
    lines = wrap(SAMPLES[script], 10, 40)
    assert len(lines) > 1
    assert not any(unicodedata.category(line[0]).startswith("M") for line in lines)


def test_a_zero_width_space_says_where_a_thai_line_may_end() -> None:
    assert wrap("ปราบ\u200bปราม", 10, 25) == ("ปราบ", "ปราม")


def test_a_word_wider_than_a_line_is_broken_between_letters() -> None:
    lines = wrap("x" * 10_000, 7, 60)
    assert "".join(lines) == "x" * 10_000
    assert all(measure(line, 7) <= 60 for line in lines)


@given(any_text, st.floats(20, 200))
def test_breaking_lines_loses_nothing_and_fits(text: str, width: float) -> None:
    text = clean(text)
    lines = wrap(text, 8, width)
    squeezed = text.replace(" ", "").replace("\u200b", "")
    assert "".join(lines).replace(" ", "") == squeezed
    for line in lines:
        assert measure(line, 8) <= width + 0.02 or len(graphemes(line)) == 1


@given(any_text)
def test_cleaning_leaves_only_what_xml_may_hold(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert cleaned == " ".join(cleaned.split())
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in cleaned)
    assert clean(cleaned) == cleaned


@given(any_text)
def test_runs_and_letters_are_the_text_again(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == text
    assert "".join(graphemes(text)) == text
    assert widest_word(text, 8) >= 0
    is_rtl(text)


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    program = (
        "import sys, interagency.charts.text as t, interagency.charts.faces as f\n"
        "assert f._table.cache_info().currsize == 0\n"
        "t.measure('Police', 7)\n"
        "assert f._advances.cache_info().currsize <= 1\n"
        "assert 'uharfbuzz' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_face_travels_in_both_weights_and_forms() -> None:
    for face in FACES:
        for bold in (False, True):
            assert face.file(bold=bold, kind="ttf")[:4] == b"\x00\x01\x00\x00"
            assert face.file(bold=bold, kind="woff2")[:4] == b"wOF2"
