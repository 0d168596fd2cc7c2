"""Everything that leaves the program: citations of a cable or paragraph, and lists of cables.

A copy format is a function with an entry in `copy_formats.EXPORTS`; a file format has an entry in
`lists.FORMATS`. Importing this package imports none of them, because showing a cable does not need
a bibliography.
"""
