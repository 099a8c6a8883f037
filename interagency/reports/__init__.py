"""Audits as text for people and for programs. Each report is a plain function: Audit to str."""

from __future__ import annotations

from interagency.reports._words import summary
from interagency.reports.json import audit_schema
from interagency.reports.json import report as json
from interagency.reports.notebook import html
from interagency.reports.text import report as text

__all__ = ["audit_schema", "html", "json", "summary", "text"]
