"""Repair a draft: a copy in which certain faults of quotations and citations are put right.

`plan` decides what is certain. One module for each kind of file writes the changes into a copy,
and `copy` reads the copy again, to verify that nothing else has changed.
"""
