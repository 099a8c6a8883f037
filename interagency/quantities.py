"""Dates as exact as a plan has them, and lengths of time as ISO 8601 writes them."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

COUNTRIES = frozenset(
    [
        "AD",
        "AE",
        "AF",
        "AG",
        "AI",
        "AL",
        "AM",
        "AO",
        "AQ",
        "AR",
        "AS",
        "AT",
        "AU",
        "AW",
        "AX",
        "AZ",
        "BA",
        "BB",
        "BD",
        "BE",
        "BF",
        "BG",
        "BH",
        "BI",
        "BJ",
        "BL",
        "BM",
        "BN",
        "BO",
        "BQ",
        "BR",
        "BS",
        "BT",
        "BV",
        "BW",
        "BY",
        "BZ",
        "CA",
        "CC",
        "CD",
        "CF",
        "CG",
        "CH",
        "CI",
        "CK",
        "CL",
        "CM",
        "CN",
        "CO",
        "CR",
        "CU",
        "CV",
        "CW",
        "CX",
        "CY",
        "CZ",
        "DE",
        "DJ",
        "DK",
        "DM",
        "DO",
        "DZ",
        "EC",
        "EE",
        "EG",
        "EH",
        "ER",
        "ES",
        "ET",
        "FI",
        "FJ",
        "FK",
        "FM",
        "FO",
        "FR",
        "GA",
        "GB",
        "GD",
        "GE",
        "GF",
        "GG",
        "GH",
        "GI",
        "GL",
        "GM",
        "GN",
        "GP",
        "GQ",
        "GR",
        "GS",
        "GT",
        "GU",
        "GW",
        "GY",
        "HK",
        "HM",
        "HN",
        "HR",
        "HT",
        "HU",
        "ID",
        "IE",
        "IL",
        "IM",
        "IN",
        "IO",
        "IQ",
        "IR",
        "IS",
        "IT",
        "JE",
        "JM",
        "JO",
        "JP",
        "KE",
        "KG",
        "KH",
        "KI",
        "KM",
        "KN",
        "KP",
        "KR",
        "KW",
        "KY",
        "KZ",
        "LA",
        "LB",
        "LC",
        "LI",
        "LK",
        "LR",
        "LS",
        "LT",
        "LU",
        "LV",
        "LY",
        "MA",
        "MC",
        "MD",
        "ME",
        "MF",
        "MG",
        "MH",
        "MK",
        "ML",
        "MM",
        "MN",
        "MO",
        "MP",
        "MQ",
        "MR",
        "MS",
        "MT",
        "MU",
        "MV",
        "MW",
        "MX",
        "MY",
        "MZ",
        "NA",
        "NC",
        "NE",
        "NF",
        "NG",
        "NI",
        "NL",
        "NO",
        "NP",
        "NR",
        "NU",
        "NZ",
        "OM",
        "PA",
        "PE",
        "PF",
        "PG",
        "PH",
        "PK",
        "PL",
        "PM",
        "PN",
        "PR",
        "PS",
        "PT",
        "PW",
        "PY",
        "QA",
        "RE",
        "RO",
        "RS",
        "RU",
        "RW",
        "SA",
        "SB",
        "SC",
        "SD",
        "SE",
        "SG",
        "SH",
        "SI",
        "SJ",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SR",
        "SS",
        "ST",
        "SV",
        "SX",
        "SY",
        "SZ",
        "TC",
        "TD",
        "TF",
        "TG",
        "TH",
        "TJ",
        "TK",
        "TL",
        "TM",
        "TN",
        "TO",
        "TR",
        "TT",
        "TV",
        "TW",
        "TZ",
        "UA",
        "UG",
        "UM",
        "US",
        "UY",
        "UZ",
        "VA",
        "VC",
        "VE",
        "VG",
        "VI",
        "VN",
        "VU",
        "WF",
        "WS",
        "YE",
        "YT",
        "ZA",
        "ZM",
        "ZW",
        "XK",
    ]
)
"""ISO 3166-1 alpha-2 codes, and XK, which many bodies use for Kosovo."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?"
)
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_IN_DAYS = (365.25, 30.4375, 7.0, 1.0, 1 / 24, 1 / 1440, 1 / 86400)


@dataclass(frozen=True, slots=True)
class PlanDate:
    """A year, a month or a day: as exact as the source is.

    As the date of an audit it means the *end* of that time: as of 2023 is the state on
    31 December 2023. As the beginning of something it means its first day, as the end of
    something its last.

    >>> date = PlanDate.parse("2023-06")
    >>> date.first, date.last
    (datetime.date(2023, 6, 1), datetime.date(2023, 6, 30))
    >>> str(PlanDate.parse(2024))
    '2024'
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read a year, ``YYYY-MM``, ``YYYY-MM-DD`` or a ``datetime.date``.

        Raises:
            ValueError: it is none of these, or there is no such day.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, datetime.date):
            return cls(value.year, value.month, value.day)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        found = _DATE.fullmatch(text.strip()) if isinstance(text, str) else None
        if not found:
            raise ValueError("not a year, a month (YYYY-MM) or a day (YYYY-MM-DD)")
        date = cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
        date.first, date.last  # noqa: B018 - asks whether there is such a day
        return date

    @property
    def first(self) -> datetime.date:
        """The first day of the time it names."""
        return _bounds(self.year, self.month, self.day)[0]

    @property
    def last(self) -> datetime.date:
        """The last day of the time it names."""
        return _bounds(self.year, self.month, self.day)[1]

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{p:02}" for p in (self.month, self.day) if p)]
        return "-".join(parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Validate with :meth:`parse`; a year is written as a number, the rest as text."""

        def read(value: object) -> PlanDate:
            try:
                return cls.parse(value)
            except ValueError as reason:
                raise PydanticCustomError(
                    "plan_date", "This is no date: {reason}", {"reason": str(reason)}
                ) from None

        def write(date: PlanDate) -> int | str:
            return date.year if date.month is None and date.year >= 1000 else str(date)

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(write)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        """A year as a number, or text."""
        return {
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
            ],
            "description": "A year, or a day as YYYY-MM-DD.",
        }


@lru_cache(maxsize=4096)
def _bounds(year: int, month: int | None, day: int | None) -> tuple[datetime.date, datetime.date]:
    """The first and the last day; asked again and again while a plan is looked at."""
    end = month or 12
    last = day or monthrange(year, end)[1]
    return datetime.date(year, month or 1, day or 1), datetime.date(year, end, last)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as ISO 8601 writes it: P15D, PT24H, P6W, P1Y.

    >>> limit = Duration.parse("PT24H")
    >>> limit.words, limit.days
    ('24 hours', 1.0)
    """

    text: str

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read an ISO 8601 duration of whole units.

        Raises:
            ValueError: it is none.
        """
        if isinstance(value, cls):
            return value
        text = value.strip().upper() if isinstance(value, str) else ""
        if not any(_parts(text)):
            raise ValueError("write it as ISO 8601 does: PT24H (24 hours), P15D (15 days), P6W")
        return cls(text)

    @property
    def words(self) -> str:
        """The duration in words."""
        return " ".join(
            f"{n} {unit}{'' if n == 1 else 's'}"
            for n, unit in zip(_parts(self.text), _UNITS, strict=True)
            if n
        )

    @property
    def counts(self) -> tuple[int, ...]:
        """How many years, months, weeks, days, hours, minutes and seconds it names.

        >>> Duration.parse("P6W").counts
        (0, 0, 6, 0, 0, 0, 0)
        """
        return _parts(self.text)

    @property
    def days(self) -> float:
        """The length in days; a month counts 30.4375 and a year 365.25."""
        return sum(n * d for n, d in zip(_parts(self.text), _IN_DAYS, strict=True))

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Validate with :meth:`parse`; write the text."""

        def read(value: object) -> Duration:
            try:
                return cls.parse(value)
            except ValueError as reason:
                raise PydanticCustomError(
                    "duration", "This is no duration: {reason}", {"reason": str(reason)}
                ) from None

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        """Text of the ISO 8601 form."""
        return {
            "type": "string",
            "pattern": "^P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?"
            "(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$",
            "description": "ISO 8601 duration: PT24H, P15D, P6W.",
            "examples": ["PT24H", "P15D"],
        }


@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[int, ...]:
    found = _DURATION.fullmatch(text)
    return tuple(int(part or 0) for part in found.groups()) if found else (0,) * len(_UNITS)
