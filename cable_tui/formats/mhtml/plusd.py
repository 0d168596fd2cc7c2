"""Web archives of pages of PlusD."""

from cable_tui.formats import plusd_page
from cable_tui.formats.mhtml.web_archive import WebArchive

FORMAT = WebArchive(plusd_page.FORMAT, "mhtml-plusd")
