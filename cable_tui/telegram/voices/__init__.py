"""Who says it: the author's comments and notes, and the sentences that report a source.

`comments` and `reported` read a text as it stands in the file, so that the margin, the search and
the JSON have the same spans. docs/cables.md says how often the rules are right.
"""
