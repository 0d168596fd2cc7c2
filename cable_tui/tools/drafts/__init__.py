"""Manuscripts that quote cables: reading them, and their quotations and citations.

One module reads one format. All of them yield blocks of text with their positions, in which
quotations and citations are found.
"""
