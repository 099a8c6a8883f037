"""A report with a chart in it, as a word processor keeps it, and LibreOffice that opens it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from programs import run

from interagency.charts.scene import Scene

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip


def report(scene: Scene, svg: str) -> str:
    """A text document (flat OpenDocument) of one page, as large as the chart that stands on it."""
    across, down = f"{scene.width}pt", f"{scene.height}pt"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {NAMESPACES} office:version="1.2"
  office:mimetype="application/vnd.oasis.opendocument.text">
 <office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties
  fo:page-width="{across}" fo:page-height="{down}" fo:margin="0pt"/></style:page-layout>
 </office:automatic-styles>
 <office:master-styles>
  <style:master-page style:name="Standard" style:page-layout-name="page"/>
 </office:master-styles>
 <office:body><office:text><text:p><draw:frame text:anchor-type="page" text:anchor-page-number="1"
  svg:x="0pt" svg:y="0pt" svg:width="{across}" svg:height="{down}">
  <draw:image draw:mime-type="image/svg+xml"><office:binary-data>
   {b64encode(svg.encode()).decode()}
  </office:binary-data></draw:image></draw:frame></text:p></office:text></office:body>
</office:document>
"""


def as_pdf(documents: Sequence[Path], home: Path) -> None:
    """Open documents of one folder in LibreOffice Writer and save each as a PDF beside it."""
    run(
        "lowriter", f"-env:UserInstallation={home.as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", documents[0].parent, *documents,
    )  # fmt: skip
    lost = [path.name for path in documents if not path.with_suffix(".pdf").exists()]
    assert not lost, f"LibreOffice wrote no PDF of {lost}"
