"""Tables of facts about cables, looked up by code: TAGS, posts, routes, acronyms, prosigns.

Every look-up is a dictionary access; a table is read when first needed.
"""
