"""Everything that leaves the program: citations of a cable or paragraph, and lists of cables.

A copy format is one function and one entry in `copy_table.EXPORTS`; a file format one in
`lists.FORMATS`. Importing the package imports none of them: showing a cable needs no bibliography.
"""
