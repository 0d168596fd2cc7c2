"""Manuscripts that quote cables: read from a file, and what they quote and cite.

One module reads one format. All of them yield blocks of text with their places; what is a quotation
and what a citation is found in these, whatever the file was.
"""
