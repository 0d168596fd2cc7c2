"""Volumes of `Foreign Relations of the United States`, the State Department's own edition, in TEI.

`volume` is the format: its documents are the records. `cutter` finds them in the bytes of a file,
`markup` makes text of one document with the signs of `signs`, `kinds` tells what a paragraph is,
`repair` mends small damage, `heading` reads what stands above it.
"""
