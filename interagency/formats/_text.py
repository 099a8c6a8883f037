"""From bytes to text: decoded strictly, and free of what cannot be seen."""

from __future__ import annotations

import codecs

from interagency.errors import InvalidPlan, Problem, UnreadablePlan
from interagency.formats._document import MAX_BYTES, Text
from interagency.text import unseen

_MARKS = (  # the longer ones first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "a zip file, such as an Excel workbook or a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_SEEN = bytes(range(0x20, 0x7F)) + b"\t\n\r"
_MOST = 20


def check_size(data: bytes, name: str) -> None:
    """Refuse what is too large to be a plan.

    Raises:
        UnreadablePlan: it is.
    """
    if len(data) > MAX_BYTES:
        raise UnreadablePlan(
            f"{name}: The file has {len(data):,} bytes; a plan may have {MAX_BYTES:,}. "
            "Divide it into several plans, or take out what is no part of the plan."
        )


def decode(data: bytes, name: str) -> Text:
    r"""The text of a file, without its byte-order mark.

    >>> decode("\ufeffformat: 1".encode("utf-16-le"), "plan.yaml").text
    'format: 1'

    Raises:
        UnreadablePlan: it is no text at all.
        InvalidPlan: there is a byte or a character in it that a plan cannot hold.
    """
    check_size(data, name)
    for magic, what in _NOT_TEXT:
        if data.startswith(magic):
            raise UnreadablePlan(
                f"{name}: This is {what}, and no plan file. Give the plan as a YAML or JSON file."
            )
    encoding = "utf-8"
    for mark, encoded in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], encoded
            break
    try:
        text = Text(name, data.decode(encoding))
    except UnicodeDecodeError as reason:
        raise InvalidPlan([_undecodable(reason, name)]) from None
    # Each different character is looked at once: a file has a million, and a hundred of them.
    unusual = set(text.text) if encoding != "utf-8" else set(data.translate(None, _SEEN).decode())
    if unusual and unseen("".join(unusual).replace("\r", "")):
        _check_characters(text)
    return text


def _undecodable(reason: UnicodeDecodeError, name: str) -> Problem:
    before = Text(name, reason.object[: reason.start].decode(reason.encoding, "replace"))
    kind = reason.encoding.upper()
    return Problem(
        f"Byte {reason.start + 1} of the file (0x{reason.object[reason.start]:02X}) is no {kind}.",
        "Save the file as UTF-8: in the editor's 'Save as', choose the encoding UTF-8.",
        before.at(len(before.text)),
    )


def _check_characters(text: Text) -> None:
    problems: list[Problem] = []
    plain = text.text.replace("\r", "\n")
    start = 0
    while len(problems) < _MOST and (found := unseen(plain[start:])):
        at, code = start + found[0], found[1]
        problems.append(Problem(*_about(code), text.at(at)))
        if code == "U+0000":  # where there is one there are thousands
            break
        start = at + 1
    if problems:
        raise InvalidPlan(problems)


def _about(code: str) -> tuple[str, str]:
    if code == "U+0000":
        return (
            "Here stands the character U+0000 (NUL), which no text has.",
            "The file may have been saved as 'Unicode text' or be damaged: save it as UTF-8.",
        )
    if code in ("U+0085", "U+2028", "U+2029"):
        return (
            f"Here stands {code}, a line break that many editors do not show.",
            "Take it out, or put an ordinary line break.",
        )
    return f"Here stands {code}, a character that cannot be seen.", "Take it out."
