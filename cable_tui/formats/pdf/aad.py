"""PDFs that the National Archives make of telegrams (AAD): known by the program that made them."""

from __future__ import annotations

from cable_tui.formats.pdf.file import Pdf
from cable_tui.repository import NATIONAL_ARCHIVES

_MAKER = b"nara.aad."
"""In the author of every such PDF, which stands in the file uncompressed."""


class AadPdf(Pdf):
    """One telegram as PDF of the archive itself."""

    def matches(self, path: str, head: bytes) -> bool:
        """By the magic and the maker."""
        return super().matches(path, head) and _MAKER in head


FORMAT = AadPdf("nara-pdf", "PDF of the National Archives (AAD)", NATIONAL_ARCHIVES)
