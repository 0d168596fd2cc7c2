"""Volumes of `Foreign Relations of the United States`, the State Department's own edition, in TEI.

`volume` is the format: its documents are the records. `elements` reads XML, `markup` makes text of
one document, `heading` reads the lines above its text, `lists` the volume's lists of persons and
abbreviations, and `document` makes a cable of all.
"""
