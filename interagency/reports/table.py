"""An audit as CSV: a row a finding, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata

from interagency.engine import Audit
from interagency.order import troubles


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Police")
    ("'=1+1", 'Police')
    """
    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if first in ("=", "+", "-", "@") or (cell[:1] in "\t\r" and cell) else cell


def report(audit: Audit) -> str:
    """The audit as CSV, a row a finding, in the order in which to mend them."""
    records = {id(f): r for f, r in zip(audit.findings, audit.to_records(), strict=True)}
    out = io.StringIO()
    columns = ["rank", "state", "severity", "code", "rule", "pillars", "agencies", "handoffs",
               "message", "mend", "at", "requirements", "because", "id"]  # fmt: skip
    write = csv.writer(out, lineterminator="\n").writerow
    write(columns)
    for number, item in enumerate(troubles(audit), 1):
        for finding in item.whole:
            record = {**records[id(finding)], "rank": str(number), "because": item.because}
            write([safe(record[column]) for column in columns])
    return out.getvalue()
