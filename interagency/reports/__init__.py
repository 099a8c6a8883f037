"""Audits as text for people and for programs. Each report is a plain function: Audit to str."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from interagency.engine import Audit
from interagency.reports._words import summary
from interagency.reports.json import audit_schema
from interagency.reports.json import report as json
from interagency.reports.junit import report as junit
from interagency.reports.markdown import report as markdown
from interagency.reports.notebook import html
from interagency.reports.sarif import report as sarif
from interagency.reports.table import report as csv
from interagency.reports.text import report as text

REPORTS: Mapping[str, Callable[[Audit], str]] = {
    "text": text,
    "json": json,
    "markdown": markdown,
    "sarif": sarif,
    "junit": junit,
    "csv": csv,
}
"""The forms of an audit by name, for the command line."""

__all__ = [
    "REPORTS",
    "audit_schema",
    "csv",
    "html",
    "json",
    "junit",
    "markdown",
    "sarif",
    "summary",
    "text",
]
