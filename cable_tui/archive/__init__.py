"""An archive is one folder of cables: its cache, the indexer, and the search.

The user's files are authoritative and are never written to; the cache can be deleted at any time.
"""
