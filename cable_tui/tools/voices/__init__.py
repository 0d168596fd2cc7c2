"""The voices in a cable: the author's comments and notes, and the sentences that report a source.

`comments` and `reported` read a text as the file has it, so that the margin, the search and
the JSON have the same spans. docs/reliability.md says how often the rules are right.
"""
