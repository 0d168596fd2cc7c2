"""Find sentences that occur in several cables."""
