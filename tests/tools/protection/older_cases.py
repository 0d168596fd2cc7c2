"""Sixty pleas that were written before the rules were tuned, and where their shapes are from.

Everybody in them is invented. `meant` has one entry for each plea of the text, in order: the names
with `;` between them, as the text has them on one line; `-` where no name is given; `?` where the
text itself does not tell. `cables` says that the shape was seen in cables that were read for it,
`issue` that the task was put so; the others were thought of, with the usage they are from.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A text with pleas."""

    kind: str
    text: str
    meant: tuple[str, ...]
    origin: str


_ROWS = {
    "adjacent": [
        ("2. (C) Zoo Keeper Ivo Tern (strictly protect) estimated that it is full.",
         "Ivo Tern", "cables: a title before the name"),
        ("In a frank talk with econoffs, Gallietto (protect) \nconveyed the plan.",
         "Gallietto", "cables: a surname alone, the bracket before a line break"),
        ("Harbor Bank Deputy Chairman Bob Marrow (Amcit, strictly protect) agreed.",
         "Bob Marrow", "cables: an organization and a title before, a word within the bracket"),
        ("At Italian Ambassador Luigi Tarmotta’s (protect) request, they met.",
         "Luigi Tarmotta", "cables: a genitive before the plea"),
        ("the Amber See's Assessor Peter Quillon (protect strictly) told DCM",
         "Peter Quillon", "cables: a genitive of an organization and a rare title"),
        ("heard from Dr. J. P. Marrow-Tern, strictly protect, that the dam leaks",
         "J. P. Marrow-Tern", "initials, a hyphen, commas in place of the brackets"),
        ("Poloff met Ivo “the Fish” Tern [please protect] on the pier.",
         "Ivo “the Fish” Tern", "a nickname in quotation marks; square brackets"),
        ("Ivo Tern -- please protect -- said the ferry was late.",
         "Ivo Tern", "dashes in place of the brackets"),
        ("Ivo Tern (Director of the Port Bank) (strictly protect) agreed.",
         "Ivo Tern", "two brackets, the first one with a title"),
    ],
    "language": [
        ("Senator María Elena Gómez Quiroga de la Sierra (strictly protect) left.",
         "María Elena Gómez Quiroga de la Sierra", "Spanish: given names, two surnames, de la"),
        ("Advisor Jorge Ismael Soto-Larrea y Paz (please protect) disagreed.",
         "Jorge Ismael Soto-Larrea y Paz", "Spanish: surnames joined by y"),
        ("According to João Batista da Silva dos Anjos (protect), prices rose.",
         "João Batista da Silva dos Anjos", "Portuguese: da, dos"),
        ("Tribal leader Sheikh Fawaz bin Turki al-Marwazi (strictly protect) said no.",
         "Fawaz bin Turki al-Marwazi", "Arabic: bin and al-"),
        ("Editor Abd el-Rahim Abu Zaytun (strictly protect) wrote it.",
         "Abd el-Rahim Abu Zaytun", "Arabic: el-, Abu"),
        ("Lawyer Mohamed Gom'a Sulayfan (protect), the group's spokesman, agreed.",
         "Mohamed Gom'a Sulayfan", "cables: an apostrophe for a letter"),
        ("Deputy Oleg Arkadyevich Tarnovskiy (please protect) told us of it.",
         "Oleg Arkadyevich Tarnovskiy", "Russian: a patronymic"),
        ("Columnist Çağla Öztarhan-Şimşir (strictly protect) laughed.",
         "Çağla Öztarhan-Şimşir", "Turkish: letters with marks, two surnames"),
        ("Professor Xu Wenqing (strictly protect) of the Institute said so.",
         "Xu Wenqing", "Chinese: the surname first; what he is follows the plea"),
        ("Opposition figure Daw Hnin Thiri Aye (strictly protect) wept.",
         "Hnin Thiri Aye", "Burmese: an honorific that is no name"),
        ("the writer Jan van der Meeuwen (protect identity) and his wife",
         "Jan van der Meeuwen", "Dutch: van der"),
    ],
    "apposition": [
        ("Ivo Tern, a deputy minister in the old cabinet (strictly protect), said no.",
         "Ivo Tern", "issue"),
        (("In a May 28 meeting with ECMIN, AmCit Shawn Marrick, XYZ-BP's Vice President for"
         " International\nRelations (strictly protect) said that it will respond."),
         "Shawn Marrick", "cables: a title with an organization; it goes on over a line break"),
        ("3. (C) Sommers, a UK citizen (please protect), said the dispute was over.",
         "Sommers", "cables: a surname alone with a description"),
        (("Ivo Tern, formerly with the Port Bank, now Head of Council at Amber Relations (please"
         " protect), called."),
         "Ivo Tern", "issue: titles that are no names; two descriptions"),
        ("Bo Rask, whose brother-in-law is an adviser to the mayor (protect), called.",
         "Bo Rask", "a relative clause"),
        ("met with Ivo Tern of the Ministry of Foreign Affairs (strictly protect).",
         "Ivo Tern", "what he is follows the name without a comma"),
        ("Ivo Tern, an adviser to the Ada Pelham Foundation (strictly protect), left.",
         "Ivo Tern", "a person's name within an organization's is nearer"),
        ("Engineer Ivo Tern, 43, (strictly protect) fled in May.", "Ivo Tern", "an age between"),
    ],
    "clause": [
        ("Ivo Tern told us (strictly protect) that the dam was empty.",
         "Ivo Tern", "the plea follows the verb"),
        ("Rector Ada Pelham confided to Poloff on June 3 (strictly protect) that she left.",
         "Ada Pelham", "a verb and a day between"),
    ],
    "quotation": [
        ("Ivo Tern said that \"the engineers (strictly protect) have left.\"",
         "-", "the engineers of an opened quotation are meant, and they have no name"),
        ("Ivo Tern told us \"Ada Pelham is finished\" (strictly protect).",
         "Ivo Tern", "issue: the speaker is meant, not who is named in what he said"),
    ],
    "page": [
        (("the reasons that Ivo \n\nPORT AMBER 00000339  002 OF 003 \n\n \nTern (strictly"
         " protect) gave"),
         "Ivo Tern", "issue: a page line within a name"),
        (("said Ada Pelham, an editor\n\nPORT AMBER 00000339  002.2 OF 003\n\n\nof the Gazette"
         " (please protect)."),
         "Ada Pelham", "issue: a page line between the name and the plea"),
        ("SAID IVO TERN\nCONFIDENTIAL\nPAGE 03        AMBER  01234  291400Z\n(STRICTLY PROTECT).",
         "IVO TERN", "a page line of before 2002, in capitals"),
        ("The clerk, Osman\nTarhanli (strictly\nprotect), fled.",
         "Osman Tarhanli", "line breaks within the name and within the plea"),
    ],
    "capitals": [
        ("2. ACCORDING TO ENGINEER IVO TERN (STRICTLY PROTECT) THE PORT WILL CLOSE.",
         "IVO TERN", "capitals: a title before"),
        ("PELHAM, A FORMER MINISTER OF TRADE (PLEASE PROTECT), TOLD EMBOFF THAT",
         "PELHAM", "capitals: a description between"),
        ("THE PORTUGUESE AMBASSADOR (STRICTLY PROTECT) WAS VOCAL.", "-", "capitals: a role"),
    ],
    "list": [
        ("Ivo Tern and Ada Pelham (protect both) said so.", "Ivo Tern;Ada Pelham", "issue"),
        (("We met Ivo Tern (Port Bank), Bo Rask (Amber Foundation), and Dr. Ada Pelham (protect"
         " all)."),
         "Ivo Tern;Bo Rask;Ada Pelham", "issue: a list with what each of them is"),
        ("activists Ivo Tern, Bo Rask and Clem Quill (please protect all three) agreed",
         "Ivo Tern;Bo Rask;Clem Quill", "a number in the plea"),
        ("Ivo Tern (strictly protect) and Bo Rask (strictly protect) came late.",
         "Ivo Tern | Bo Rask", "each with a plea of its own"),
        (("Ivo Tern, a lawyer, and his partner Bo Rask, a judge in Port Amber (protect both),"
         " agreed"),
         "Ivo Tern;Bo Rask", "two with a description each"),
        ("Ivo Tern (strictly protect) and the harbor master (strictly protect) came late.",
         "Ivo Tern | -", "the second one has no name, and the first one's is not his"),
    ],
    "behind": [
        ("Cooks are paid less. (Protect: Ivo Tern.)", "Ivo Tern", "issue"),
        ("Please protect Ivo Tern's identity, as he fears for his post.", "Ivo Tern", "issue"),
        ("a clerk of the port (strictly protect Bo Rask and Clem Quill) gave us the list",
         "Bo Rask;Clem Quill", "the names are within the bracket behind the words"),
        ("Our source (please protect) Ivo Tern heard the shots.",
         "Ivo Tern", "a role before, the name right behind"),
        ("They met XXXXXXXXXXXX in March. (Strictly protect XXXXXXXXXXXX.) He agreed.",
         "-", "cables: a blacked out name behind the words"),
    ],
    "sentence": [
        ("Ivo Tern showed us the list. (Please protect source.) It is long.",
         "Ivo Tern", "the one person of the sentence before"),
        ("Ivo Tern and Bo Rask quarreled before he gave us the list. Please protect source.",
         "?", "one of two people, and no rule tells which"),
    ],
    "nameless": [
        ("She said that the Portuguese Ambassador (strictly protect) had been vocal.",
         "-", "cables: a role with a country"),
        ("2. (C) XXXXXXXXXXXX (STRICTLY PROTECT), who covers trade in the cabinet, left.",
         "-", "cables: a name that is blacked out already"),
        ("told by Omar Quesada, Cuban envoy (per XXXXXXXXXXXX, STRICTLY PROTECT), that",
         "-", "cables: the source is within the bracket, blacked out"),
        ("According to a contact on the NATO International Staff (strictly protect), no.",
         "-", "cables: an organization in capitals is no name"),
        ("two nuns of the order 'Sisters of the Lamp' in Belmar (strictly protect this reference)",
         "-", "cables: what is to be kept is no person"),
        ("Post's contacts at UNHCR (please protect) and at Amber Shipping Ltd. (protect) agree.",
         "- | -", "an acronym and a company are no names"),
    ],
    "unresolved": [
        ("Ivo Tern spoke to Bo Rask about the dam. The engineer (strictly protect) wept.",
         "?", "a role that may be either one's"),
        ("Bo Rask wrote to Ivo Tern in May. He (strictly protect) wants to leave.",
         "?", "a pronoun that may be either one's"),
    ],
}  # fmt: skip
CASES = [
    Case(kind, text, tuple(meant.split(" | ")), origin)
    for kind, rows in _ROWS.items()
    for text, meant, origin in rows
]
