"""Volumes of `Foreign Relations of the United States`, the State Department's edition, in TEI.

`volume` is the format, whose records are a volume's documents. `elements` reads XML, `markup` turns
one document into text, `heading` reads the lines above its text, `volume_lists` reads a volume's
lists of persons and abbreviations, and `document` builds a cable from all of these.
"""
