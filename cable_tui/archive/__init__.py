"""One folder of cables: its cache, how the cache is built, and everything that is asked of it.

The user's files are the truth and are never written to; the cache can be deleted at any time.
"""
