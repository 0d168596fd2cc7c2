"""Volumes of `Foreign Relations of the United States`, the State Department's own edition, in TEI.

`volume` is the format: its documents are the records. `markup` makes text of one document,
`heading` reads what stands above it, `document` makes a cable of both.
"""
