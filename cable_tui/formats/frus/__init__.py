"""Volumes of `Foreign Relations of the United States`, the State Department's own edition, in TEI.

`volume` is the format: its documents are the records. `markup` makes text of one document,
`heading` reads the lines above its text, `document` makes a cable of both.
"""
