"""An audit as an HTML table for a notebook: no script, no style from elsewhere."""

from __future__ import annotations

from html import escape

from interagency.engine import Audit, Finding
from interagency.reports._words import STATE_WORDS, looked_at, summary

_CELL = "text-align:left;vertical-align:top;padding:4px 8px;border-bottom:1px solid #bdbdbd"
MOST = 60


def html(audit: Audit) -> str:
    """The audit as HTML: what was looked at, the outcome, and a row for each finding."""
    head = "".join(
        f"<div><b>{escape(label)}:</b> {escape(words)}</div>"
        for label, words in looked_at(audit.graph)
    )
    names = ("", "Severity", "Rule", "What is wrong", "What to do")
    heads = "".join(f'<th scope="col" style="{_CELL}">{n}</th>' for n in names)
    rows = "".join(_row(f) for f in audit.findings[:MOST])
    more = len(audit.findings) - MOST
    rest = f"<p>{more} more; see audit.findings.</p>" if more > 0 else ""
    return (
        f"<div>{head}<p><b>{escape(summary(audit))}</b></p>"
        f'<table style="border-collapse:collapse"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{rest}</div>"
    )


def _row(finding: Finding) -> str:
    place = f"<br><small>{escape(str(finding.at))}</small>" if finding.at else ""
    cells = (
        escape(STATE_WORDS[finding.state]),
        escape(finding.severity),
        f"{escape(finding.code)}<br><small>{escape(finding.rule)}</small>",
        escape(finding.message) + place,
        escape(finding.mend),
    )
    return "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells) + "</tr>"
