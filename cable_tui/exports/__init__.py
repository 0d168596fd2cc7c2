"""Everything that leaves the program: citations of a cable or paragraph, and lists of cables.

A copy format is one function and one entry in `copy_formats.EXPORTS`; a file format one in
`lists.FORMATS`. Importing the package imports none: showing a cable needs no bibliography.
"""
