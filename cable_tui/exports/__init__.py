"""Everything that leaves the program: citations of cables and paragraphs, and lists of cables.

A copy format is a function with an entry in `copy_formats.EXPORTS`; a file format has an entry in
`lists.FORMATS`. Importing this package does not import the formats, because showing a cable does
not need a bibliography.
"""
