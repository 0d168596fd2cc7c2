"""Keep a log of searches for an appendix on methods."""
