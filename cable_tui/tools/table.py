"""TOOLS: one row for each tool, with everything that it adds to the core.

A new tool is a folder next to this file and a row here. The rows themselves do not import the
tools' modules.
"""

from __future__ import annotations

from cable_tui.base.tools import (
    ActionLine,
    CommandRow,
    ExportRow,
    KeptFile,
    KeyRow,
    ListFormatRow,
    MarksAction,
    MarksOption,
    MenuLine,
    QueryField,
    ReportRow,
    SearchOption,
    Tool,
)

TOOLS: tuple[Tool, ...] = (
    Tool(
        "assistants",
        "answer an assistant over MCP, with checked quotations",
        needs=("drafts", "protection"),
        uses=("chain", "research_log", "trend"),
        commands=(
            CommandRow(
                "mcp",
                "cable-tui mcp PATH",
                "answer the questions of an assistant over stdin and stdout",
                examples=("cable-tui mcp ~/cables", "cable-tui mcp ~/cables --private"),
                group="Manage",
                position=445,
                tool_module="assistants.command",
            ),
        ),
    ),
    Tool(
        "chain",
        "follow citations from cable to cable, in chronological order",
        needs=("protection",),
        reports=(
            ReportRow(
                "chain",
                "cable-tui chain PATH REF",
                "follow citations from one cable, in chronological order",
                (MenuLine("t", "citation chain", "This cable"),),
                position=250,
                command="chain.command",
                examples=(
                    "cable-tui chain ~/cables 09CASABLANCA27 --depth 2",
                    "cable-tui chain ~/cables 09CASABLANCA27 --format gexf -o chain.gexf",
                ),
                module="chain.report",
            ),
        ),
        features=("chain.room",),
    ),
    Tool(
        "comparison",
        "compare two versions of a cable, or two cables",
        commands=(
            CommandRow(
                "compare",
                "cable-tui compare PATH [REF [REF]]",
                "compare two versions of a cable, or two cables",
                examples=(
                    "cable-tui compare ~/cables",
                    "cable-tui compare ~/cables 09CASABLANCA27 09RABAT12 --full",
                ),
                position=130,
                tool_module="comparison.command",
            ),
        ),
        keys=(
            KeyRow(
                "cable.compare",
                "equals_sign",
                "Compare",
                "Compare the versions of this cable, or two selected cables, side by side.",
                after="room.rescan",
                action="comparison.room:Compare",
            ),
        ),
        menu=(
            ActionLine(
                "compare",
                "=",
                "its versions compared",
                "This cable",
                "Compare what two versions hide or change, side by side.",
                after="cited",
                action="comparison.room:Compare",
            ),
        ),
        features=("comparison.room", "comparison.screen"),
    ),
    Tool(
        "concordance",
        "see every occurrence of words in its context",
        reports=(
            ReportRow(
                "concordance",
                "cable-tui concordance PATH QUERY",
                "print every occurrence of words in its context",
                (MenuLine("k", "words in their context"),),
                position=210,
                takes_query=True,
                examples=(
                    "cable-tui concordance ~/cables 'minors tag:KTIP'",
                    "cable-tui concordance ~/cables uranium --sort left --limit 500",
                ),
                module="concordance.report",
            ),
            ReportRow(
                "matches",
                "cable-tui matches PATH QUERY",
                "count what words or a regular expression match",
                (),
                position=215,
                takes_query=True,
                examples=(
                    "cable-tui matches ~/cables 'lobster or crab*'",
                    "cable-tui matches ~/cables '' --matching '(?P<n>[0-9]+) percent' --by n",
                ),
                module="concordance.match_counts",
            ),
        ),
        keys=(
            KeyRow(
                "words.concordance",
                "",
                "Concordance",
                "Show every occurrence of the query's words in context.",
                after="palette.show",
                position=10,
                report="concordance",
            ),
        ),
        search_options=(
            SearchOption(
                "--matching",
                "RE",
                "only hits in whose text this regular expression matches; reads about a thousand "
                "texts per second",
                check="concordance.search_option:check",
                keep="concordance.search_option:kept",
            ),
        ),
    ),
    Tool(
        "dossiers",
        "write and verify dossiers that reveal any change",
        needs=("protection", "research_log"),
        commands=(
            CommandRow(
                "verify",
                "cable-tui verify FILE [PATH]",
                "verify a dossier, optionally against an archive",
                examples=("cable-tui verify maps.zip", "cable-tui verify maps.zip ~/cables --json"),
                group="Write",
                position=100,
                tool_module="dossiers.command",
            ),
        ),
        features=("dossiers.room",),
        exports=(
            ExportRow(
                "verifiable",
                "a dossier with the texts that reveals any change",
                "s",
                "zip",
                places="html",
                options="dossiers.options",
                write="dossiers.export_command:write",
                room="dossiers.room:FORMAT",
                older="sealed",
            ),
        ),
        page_keys=(("protect", "dossiers.page_key:GO_ON"),),
        opened=("dossiers.room:said_of",),
        bundles=("dossiers.marks_file:read",),
        watches=("dossiers.room:watch",),
    ),
    Tool(
        "drafts",
        "check the quotations and citations of a draft",
        needs=("protection", "voices"),
        commands=(
            CommandRow(
                "check",
                "cable-tui check PATH DRAFT",
                "check the quotations and citations of a draft",
                examples=(
                    "cable-tui check ~/cables article.txt",
                    "cable-tui check ~/cables article.txt --room --no-index",
                ),
                group="Write",
                position=70,
                tool_module="drafts.command",
            ),
        ),
        keys=(
            KeyRow(
                "draft.check",
                "C",
                "Check a draft",
                "Check the quotations and citations of your draft.",
                after="palette.show",
                position=30,
                action="drafts.room:ChooseDraft",
            ),
        ),
        menu=(
            ActionLine(
                "draft",
                "D",
                "check a draft",
                "Yours",
                "Check the quotations and citations of your draft.",
                after="searches",
                action="drafts.room:ChooseDraft",
            ),
        ),
        features=("drafts.room", "drafts.screen"),
        methods=(("check", "drafts.method:check"),),
    ),
    Tool(
        "missing",
        "find missing cables by citations and serial numbers",
        reports=(
            ReportRow(
                "missing",
                "cable-tui missing PATH",
                "list cited cables that are not in the archive",
                (MenuLine("x", "missing cables", "The archive"),),
                aliases=("gaps --gaps",),
                position=280,
                examples=(
                    "cable-tui missing ~/cables",
                    "cable-tui missing ~/cables --gaps --post rabat",
                ),
                changes="missing.letter_command",
                module="missing.report",
            ),
        ),
        origin_notes="missing.origin_notes:origin_notes",
    ),
    Tool(
        "neighbours",
        "find the words near the words of a query",
        needs=("concordance", "typical_words"),
        reports=(
            ReportRow(
                "neighbours",
                "cable-tui neighbours PATH QUERY",
                "find the words near the words of a query",
                (MenuLine("B", "neighbours of a word"),),
                position=292,
                takes_query=True,
                examples=(
                    "cable-tui neighbours ~/cables lobster --limit 30",
                    "cable-tui neighbours ~/cables kettle --by post --least 2",
                ),
                module="neighbours.report",
            ),
        ),
    ),
    Tool(
        "news",
        "see new cables in saved searches",
        features=("news.room",),
        watches=("news.room:watch",),
        beside=("news.room:start",),
        kept_files=(
            KeptFile(
                "news.json",
                "what you have seen in saved searches",
                forget="news.seen_file:forget",
                forgotten=(
                    "record of what you saw in a saved search",
                    "records of what you saw in saved searches",
                    "seen_searches",
                ),
                is_copied=True,
                missed="which cables of saved searches are new",
            ),
        ),
        marks_actions=(
            MarksAction(
                "searches",
                "[PATH]",
                frozenset(
                    {"new", "seen", "json", "fields", "limit", "after", "page"},
                ),
                "list your saved searches, or with --new their new results in an archive",
                "an archive, for --new",
                (
                    "cable-tui bookmarks searches",
                    "cable-tui bookmarks searches --json",
                ),
                "news.command:searches",
            ),
        ),
        marks_options=(
            MarksOption("new", "list only searches with new or changed cables"),
            MarksOption("seen", "with --new: count these cables as seen from now on"),
        ),
    ),
    Tool(
        "notes",
        "follow links between notes, and write notes as Markdown",
        features=("notes.room",),
        watches=("notes.room:watch",),
        marks_actions=(
            MarksAction(
                "notes",
                "[PATH] FOLDER",
                frozenset({"list"}),
                "write notes as Markdown files, one for each cable",
                "an archive, for subjects and dates, and the folder",
                (
                    "cable-tui bookmarks notes ~/cables ~/notes",
                    "cable-tui bookmarks notes ~/notes --list 'TIP story'",
                ),
                "notes.command:write_folder",
                only_reads=True,
            ),
            MarksAction(
                "links",
                "[REF]",
                frozenset({"json", "fields", "limit", "after", "page"}),
                "list the cables named in notes",
                "only links from and to this cable",
                (
                    "cable-tui bookmarks links",
                    "cable-tui bookmarks links 09RABAT27 --json",
                ),
                "notes.command:list_links",
                only_reads=True,
            ),
        ),
    ),
    Tool(
        "people",
        "list people named in cables, and confirm who they are",
        needs=("protection",),
        reports=(
            ReportRow(
                "people",
                "cable-tui people PATH [QUERY]",
                "list people named in cables, and confirm who they are",
                (MenuLine("P", "people named in them"),),
                position=230,
                takes_query=True,
                examples=(
                    "cable-tui people ~/cables date:2004..2006 --limit 20",
                    "cable-tui people ~/cables --confirm Blanchard --as 'Thaddeus Blanchard'",
                ),
                module="people.report",
                changes="people.command_changes",
            ),
        ),
        features=("people.page_changes",),
        keys=(
            KeyRow(
                "people.show",
                "P",
                "People",
                "List the people named in these cables, and confirm, merge or split them.",
                after="pane.zoom",
                report="people",
            ),
        ),
        query_fields=(
            QueryField(
                "person",
                "own",
                'a confirmed person: person:pelham, person:"ada pelham"',
                noun="confirmed person",
                after="note",
                answers="people.query_names",
            ),
        ),
        kept_files=(
            KeptFile(
                "people.json",
                "the people you confirmed",
                is_copied=True,
                missed="your people",
                additions="people.people_file:additions",
            ),
        ),
    ),
    Tool(
        "protection",
        "answer protection requests, so that names can be masked",
        reports=(
            ReportRow(
                "protect",
                "cable-tui protect PATH [QUERY]",
                "list protection requests, and answer them",
                (MenuLine("!", "protection requests"),),
                position=240,
                takes_query=True,
                examples=(
                    "cable-tui protect ~/cables --unanswered",
                    "cable-tui protect ~/cables --csv > answers.csv",
                ),
                module="protection.report",
                changes="protection.command_answers",
            ),
        ),
        features=("protection.room",),
        protected_names="protection.requests:names_to_protect",
        text_stamp="1",
        kept_files=(
            KeptFile(
                "protection.json",
                "your answers to protection requests",
                forget="protection.answers:forget",
                forgotten=(
                    "answer to a protection request",
                    "answers to protection requests",
                    "answers",
                ),
                # Answers are read in a private session, and those that it makes are not kept.
                is_copied=True,
            ),
        ),
        shows_requests=("cable-tui protect {} lists them", "g ! lists them"),
        perhaps_protected=("protection.room:perhaps_protected",),
        methods=(("protection", "protection.method:protection"),),
    ),
    Tool(
        "repair",
        "repair, watch and audit a draft",
        needs=("drafts", "protection"),
        command_parts=(("check", "repair.command"),),
        features=("repair.room",),
        copy_lines=("repair.room:copy_lines",),
    ),
    Tool(
        "repeated_passages",
        "find passages repeated in several cables",
        reports=(
            ReportRow(
                "echoes",
                "cable-tui echoes PATH [REF]",
                "find repeated passages, boilerplate and near-duplicates",
                (
                    MenuLine("a", "repeated passages", "This cable"),
                    MenuLine("A", "most repeated passages", "The archive", "archive"),
                ),
                position=200,
                examples=(
                    "cable-tui echoes ~/cables 09CASABLANCA27",
                    "cable-tui echoes ~/cables --limit 50 --json",
                ),
                module="repeated_passages.report",
            ),
        ),
    ),
    Tool(
        "research_log",
        "log searches for a methods appendix",
        reports=(
            ReportRow(
                "log",
                "cable-tui log [PATH] [--format markdown|csv|json]",
                "print your searches with counts and dates (research log)",
                (MenuLine("o", "research log", "Yours"),),
                group="Write",
                position=270,
                command="research_log.command",
                examples=(
                    "cable-tui log ~/cables",
                    "cable-tui log --format markdown -o methods.md",
                ),
                module="research_log.report",
            ),
        ),
        features=("research_log.room",),
        watches=("research_log.room:watch",),
        searched=("research_log.recorder:log_search",),
        kept_files=(
            KeptFile(
                "research-log.jsonl",
                "the research log",
                forget="research_log.log_file:forget",
                forgotten=(
                    "search of the research log",
                    "searches of the research log",
                    "searches",
                ),
            ),
        ),
    ),
    Tool(
        "serve",
        "open the reading room in browsers",
        commands=(
            CommandRow(
                "serve",
                "cable-tui serve PATH",
                "serve the reading room to browsers (an extra)",
                examples=(
                    "cable-tui serve ~/cables",
                    "cable-tui serve ~/cables --port 0 --private",
                ),
                group="Manage",
                position=440,
                tool_module="serve.command",
            ),
        ),
    ),
    Tool(
        "sharing",
        "share bookmarks and notes with other readers",
        marks_actions=(
            MarksAction(
                "sync",
                "[TARGET]",
                frozenset({"init", "follow", "json"}),
                "share bookmarks, lists and saved searches with other readers",
                "a shared folder, or postgresql://... (default: `sync` in the settings)",
                (
                    "cable-tui bookmarks sync ~/shared/marks --init",
                    "cable-tui bookmarks sync ~/shared/marks --json",
                ),
                "sharing.command:sync",
            ),
            MarksAction(
                "private",
                "",
                frozenset({"list", "off"}),
                "keep a list, and bookmarks that are only in it, out of every sync",
                "",
                (
                    "cable-tui bookmarks private --list 'TIP story'",
                    "cable-tui bookmarks private --list 'TIP story' --off",
                ),
                "sharing.command:private",
            ),
            MarksAction(
                "author",
                "",
                frozenset({"mine", "off", "force", "json"}),
                "list other authors of these bookmarks, or claim one with --mine",
                "",
                ("cable-tui bookmarks author", "cable-tui bookmarks author --mine mreader"),
                "sharing.command:author",
            ),
        ),
        marks_options=(
            MarksOption("init", "create the target if it does not exist"),
            MarksOption("follow", "keep running and sync every change"),
            MarksOption("mine", "one of your earlier names", "NAME"),
            MarksOption("off", "undo: share the list again, or give up the name"),
        ),
        checks=("sharing.findings:findings",),
        beside=("sharing.room:start",),
    ),
    Tool(
        "sqlite_export",
        "export cables to an SQLite database",
        list_formats=(
            ListFormatRow(
                "sqlite",
                "a database for Datasette and DB Browser",
                "D",
                "sqlite",
                write="sqlite_export.database:pieces",
                part="sqlite_export.rows:rows",
                binary=True,
            ),
        ),
    ),
    Tool(
        "tour",
        "learn the reading room step by step",
        uses=("chain", "comparison", "drafts", "missing", "people"),
        commands=(
            CommandRow(
                "demo",
                "cable-tui demo [--tour]",
                "explore a small archive of invented cables",
                is_room=True,
                examples=("cable-tui demo", "cable-tui demo --tour"),
                group="Read",
                position=10,
                tool_module="tour.command",
            ),
        ),
        keys=(
            KeyRow(
                "help.tour",
                "f2",
                "Tour",
                "Take the tour in nine steps; press the key again to leave it.",
                after="help.show",
                position=10,
                action="tour.room:ToggleTour",
                typing=True,
                in_dialogs="tour.room:LeaveTour",
            ),
            KeyRow(
                "help.tour_next",
                "f3",
                "Next step",
                "Go to the next step of the tour.",
                after="help.show",
                position=20,
                action="tour.room:NextTourStep",
                typing=True,
                in_dialogs="tour.room:LeaveDialogForNextStep",
            ),
        ),
        features=("tour.room",),
        hint="tour.line:tour_hint",
        watches=("tour.room:watch",),
    ),
    Tool(
        "traffic",
        "count who wrote to whom",
        needs=("chain",),
        reports=(
            ReportRow(
                "traffic",
                "cable-tui traffic PATH [QUERY]",
                "count who wrote to whom, by year",
                (MenuLine("W", "who wrote to whom"),),
                position=300,
                takes_query=True,
                examples=(
                    "cable-tui traffic ~/cables date:2004.. --info --limit 20",
                    "cable-tui traffic ~/cables kettle --format graphml > traffic.graphml",
                ),
                module="traffic.report",
            ),
        ),
    ),
    Tool(
        "trend",
        "see the share of a query's cables over time",
        reports=(
            ReportRow(
                "trend",
                "cable-tui trend PATH QUERY...",
                "chart the share of cables matching each query, by month",
                (MenuLine("u", "share over time"),),
                aliases=("curve", "timeline"),
                position=220,
                takes_query=True,
                examples=(
                    "cable-tui trend ~/cables uranium 'minors tag:KTIP'",
                    "cable-tui trend ~/cables uranium --by post --csv > uranium.csv",
                ),
                module="trend.report",
            ),
        ),
        keys=(
            KeyRow(
                "words.trend",
                "",
                "Trends",
                "Chart the share of cables matching each query, by month, year or post.",
                after="palette.show",
                position=20,
                report="trend",
            ),
        ),
    ),
    Tool(
        "typical_words",
        "find the words typical of some cables",
        needs=("concordance",),
        reports=(
            ReportRow(
                "words",
                "cable-tui words PATH QUERY",
                "find the words typical of some cables",
                (MenuLine("T", "typical words"),),
                position=290,
                takes_query=True,
                examples=(
                    "cable-tui words ~/cables kettle --limit 30",
                    "cable-tui words ~/cables origin:quayhaven --against date:2004.. --least 2",
                ),
                module="typical_words.report",
            ),
        ),
    ),
    Tool(
        "voices",
        "tell the author's comments and a source's words from the rest",
        query_fields=(
            QueryField(
                "comment",
                "text",
                'words in the author\'s comments and notes: comment:skeptical, comment:"visa ban"',
                noun="comment",
                after="chain",
                answers="voices.answers",
                narrows=True,
            ),
            QueryField(
                "said",
                "text",
                'words in one sentence reporting a source: said:"kouchner iran", said:nuclear*',
                noun="sentence reporting a source",
                after="chain",
                answers="voices.answers",
                narrows=True,
            ),
        ),
        menu=(
            ActionLine(
                "said",
                "S",
                "what sources said",
                "These results",
                "Find sentences reporting what a source said, by a word in them.",
                after="date",
                action="voices.room:AskWhatWasSaid",
            ),
        ),
        sentence_fields=("said", "comment"),
        sentences="voices.spans:said_and_commented",
        text_stamp="1",
        cable_json=("voices.spans:json_fields",),
        body_signs=("voices.spans:signs",),
    ),
)
