"""The facets of all cables in memory."""
