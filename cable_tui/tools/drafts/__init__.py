"""Check manuscripts that quote cables: read them, and find their quotations and citations.

Each module reads one format. All formats are read as blocks of text with positions, in which
quotations and citations are located.
"""
