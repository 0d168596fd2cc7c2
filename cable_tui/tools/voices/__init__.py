"""The voices in a cable: the author's comments and notes, and the sentences that report a source.

`comments` and `reported` read a text as stored in the file, so that the margin, the search and the
JSON use the same spans. docs/reliability.md reports how often the rules are correct.
"""
