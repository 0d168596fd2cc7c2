"""Names of the core that only tools use: if all of these were deleted, nothing is left to use them.

The tools come first. One that is alone has the reason why the name is in the core after a colon.
"""

from __future__ import annotations

_WORDS = "protection: lists of words are beside each other, with their sources"
_OFFICE = "drafts: Word and ODT are read in one place, as telegrams and as manuscripts"
_SYSTEM = "what differs between systems is in one place"

USED_BY_TOOLS = {
    "archive.catalogue.resolve_references:missing": "missing: it reads the catalogue",
    "archive.catalogue.rows:differing": "comparison dossiers drafts",
    "archive.fingerprint:fingerprint": "dossiers research_log",
    "archive.fingerprint:first_fingerprint": "dossiers: the form before it is beside it",
    "archive.fulltext.text_index:most_like": "drafts: only the full text knows tantivy",
    "archive.records.packed_files:on_disk_path": "dossiers: it knows how paths in archives look",
    "archive.search.engine:asked_of_index": "typical_words: a part of the engine",
    "archive.search.engine:plan_of": "typical_words: a part of the engine",
    "archive.search.text_answers:filed_sentences": "protection voices",
    "archive.sentences.names:roles_of": "people: it reads the file that the pass keeps",
    "formats.office.blocks:is_quotation": _OFFICE,
    "formats.office.blocks:note_references": _OFFICE,
    "formats.office.blocks:open_quotation": _OFFICE,
    "formats.office.styles:is_quotation_class": _OFFICE,
    "formats.sealed_cable:dumps": "dossiers: the format is written where it is read",
    "glossary.posts:is_same_post": "traffic: a rule of names of posts",
    "glossary.posts:post_named": "traffic: a rule of names of posts",
    "glossary.tables:ordinary_words": "typical_words: it reads a table of the glossary",
    "library.list_rows:SHAREABLE": "sharing: private lists are the library's",
    "operating_system.files:flush_folder": f"sharing: {_SYSTEM}",
    "operating_system.installation:command_for": "serve sharing",
    "operating_system.processes:allow_open_files": f"serve: {_SYSTEM}",
    "operating_system.processes:on_interrupt": f"serve: {_SYSTEM}",
    "operating_system.programs:quotes": "drafts: shlex reads it; drafts have the same name",
    "operating_system.this_machine:is_this_machine": "serve sharing",
    "program.settings:log": "dossiers research_log",
    "program.settings:sync": "sharing: the settings are read in one place",
    "program.shared_file:changing": "people protection research_log",
    "program.shared_file:replace": "people protection research_log",
    "reports.report:REST": "research_log traffic typical_words",
    "reports.report:head_line": "traffic typical_words",
    "reports.report:is_due": "people typical_words",
    "reports.report:order_option": "concordance missing traffic typical_words",
    "reports.report:words_needed": "concordance: what a report may say of itself",
    "session.features.bookmarks_screen:OthersMet": "sharing: an action of the page of bookmarks",
    "session.features.links:leads_here": "tour: a question to a stop of the body's cursor",
    "session.features.pages:AskSaved": "trend: what a page may ask for",
    "session.features.pages:ChooseRow": "people: what a page may ask for",
    "session.features.pages:LeaveFor": "chain concordance protection repeated_passages",
    "session.features.pages:Say": "chain people protection repeated_passages trend",
    "session.features.pages:SearchFromPage": "chain missing people repeated_passages traffic",
    "session.registry:of_tool": "comparison dossiers drafts people research_log tour",
    "session.state:of_tool": "comparison dossiers drafts people research_log tour",
    "session.state:with_tool": "comparison dossiers drafts research_log tour",
    "telegram.header:kind_of": "traffic: the grammar of addressees",
    "telegram.pagebreaks:place": "drafts protection",
    "telegram.people.name_forms:is_in": "drafts: beside the forms that it looks for",
    "telegram.people.name_tokens:is_initial": "protection: beside the tokens that it asks about",
    "telegram.people.name_words:BEFORE_PROTECTED": _WORDS,
    "telegram.people.name_words:BEHIND_NAMES": _WORDS,
    "telegram.people.name_words:CAPITAL_NO_NAMES": _WORDS,
    "telegram.people.name_words:GIVEN_TOO": _WORDS,
    "telegram.people.name_words:HONORIFICS": _WORDS,
    "telegram.people.name_words:PLACES_OF_TWO": _WORDS,
    "telegram.people.name_words:SURNAMES_TOO": _WORDS,
    "telegram.people.officer_names:searched": "people: the grammar of names of officers",
    "telegram.people.titled_names:untitled": "people: the grammar of names with titles",
    "telegram.references.mentions:unnamed_sentences": "chain: the grammar of citations",
    "text.layout:keyword_line": "concordance: widths of signs are known there",
    "text.numbers:columns": "trend: numbers in columns are written in one place",
    "tui.panes.bars.footer:cut": "tour: the footer cuts all lines of its kind",
    "tui.panes.bars.footer:parts_of": "tour: the footer paints all lines of its kind",
    "tui.textual_patches.browser_driver:BrowserDriver": "serve: it names it to Textual",
}
"""Module and name, and who uses it."""


def tools_that_use(name: str) -> set[str]:
    """Return the tools that use a name of the core."""
    return set(USED_BY_TOOLS[name].partition(":")[0].split())
