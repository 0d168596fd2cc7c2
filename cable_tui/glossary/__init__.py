"""Reference tables looked up by code: TAGS, posts, routing indicators, acronyms and prosigns.

Every look-up is a dictionary access, and each table is read on first use.
"""
