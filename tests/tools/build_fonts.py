"""Make the fonts that travel in the package, and the table of their advances.

Run by hand when the fonts change, on a system with Debian's ``fonts-noto-core``:

    python tests/tools/build_fonts.py [folder with the NotoSans*-Regular.ttf and -Bold.ttf]

Each face is cut down to its own script (Noto Sans also keeps Cyrillic), loses its
hints, keeps all its layout features, and is written as TTF (for programs that shape text) and
as WOFF2 (for charts that carry their fonts). The same originals give the same bytes.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

DEBIAN = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).parents[2] / "interagency" / "charts" / "fonts"
WEIGHTS = ("Regular", "Bold")

# A space, joiners and the dotted circle: needed beside the letters of every script.
COMMON = ((0x20, 0x20), (0xA0, 0xA0), (0x200B, 0x200D), (0x25CC, 0x25CC))
LATIN = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0),
    (0x1CD, 0x1DC), (0x1E6, 0x1E7), (0x1EA, 0x1EB), (0x1F8, 0x1F9), (0x218, 0x21B),
    (0x259, 0x259), (0x2B9, 0x2BF), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x331),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x2122),
    (0x2150, 0x215F), (0x2190, 0x2199), (0x2212, 0x2212), (0x2215, 0x2219), (0x2260, 0x2265),
    (0x25CA, 0x25CC), (0xFB00, 0xFB04), (0xFFFD, 0xFFFD),
)  # fmt: skip
CYRILLIC = ((0x400, 0x45F), (0x490, 0x491))
SCRIPTS = {
    "NotoSans": (*LATIN, *CYRILLIC),
    "NotoSansThai": ((0xE00, 0xE7F), *COMMON),
    "NotoSansLao": ((0xE80, 0xEFF), *COMMON),
    "NotoSansKhmer": ((0x1780, 0x17FF), *COMMON),
    "NotoSansMyanmar": ((0x1000, 0x109F), *COMMON),
    "NotoSansBengali": ((0x964, 0x965), (0x980, 0x9FF), *COMMON),
    "NotoSansSinhala": ((0x964, 0x965), (0xD80, 0xDFF), *COMMON),
    "NotoSansTamil": ((0x964, 0x965), (0xB80, 0xBFF), *COMMON),
    "NotoSansDevanagari": ((0x900, 0x97F), *COMMON),
    "NotoSansArabic": ((0x600, 0x6FF), (0x750, 0x77F), *COMMON),
}


def cut(source: Path, ranges: tuple[tuple[int, int], ...]) -> TTFont:
    """The font with only these characters and what their shaping needs."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names, copyright and licence
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    if "fvar" in font:
        raise SystemExit(f"{source} is a variable font: instantiate it first.")
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for first, last in ranges for c in range(first, last + 1)])
    cutter.subset(font)
    return font


def advances(font: TTFont) -> dict[int, int]:
    """Code point to advance in thousandths of an em; a mark adds nothing to a line."""
    scale = 1000 / font["head"].unitsPerEm
    widths = font["hmtx"].metrics
    return {
        code: 0 if weightless(code) else round(widths[glyph][0] * scale)
        for code, glyph in sorted(font.getBestCmap().items())
    }


def weightless(code: int) -> bool:
    """Marks above and below, joiners and other signs of format take no room."""
    return unicodedata.category(chr(code)) in {"Mn", "Me", "Cf"}


def packed(table: dict[int, int]) -> str:
    """Runs of neighbours as ``first:advance,advance,...``, so that one split reads a face."""
    pieces: list[list[str]] = []
    before = -2
    for code, advance in table.items():
        if code != before + 1:
            pieces.append([])
            pieces[-1].append(f"{code:x}:{advance}")
        else:
            pieces[-1].append(str(advance))
        before = code
    return " ".join(",".join(piece) for piece in pieces)


def main(folder: Path) -> None:
    """Write every face in both weights and both formats, and the table."""
    if not (TARGET / "OFL.txt").is_file():
        raise SystemExit(f"The licence belongs beside the fonts: {TARGET / 'OFL.txt'} is missing.")
    tables: dict[str, dict[str, str]] = {}
    for stem, ranges in SCRIPTS.items():
        for weight in WEIGHTS:
            font = cut(folder / f"{stem}-{weight}.ttf", ranges)
            tables.setdefault(stem, {})[weight] = packed(advances(font))
            font.save(TARGET / f"{stem}-{weight}.ttf")
            font.flavor = "woff2"
            font.save(TARGET / f"{stem}-{weight}.woff2")
    text = json.dumps(tables, indent=1) + "\n"
    (TARGET / "advances.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEBIAN)
