"""Web archives of pages of the site."""

from cable_tui.formats import html_page
from cable_tui.formats.mhtml.web_archive import WebArchive

FORMAT = WebArchive(html_page.FORMAT, "mhtml-page")
