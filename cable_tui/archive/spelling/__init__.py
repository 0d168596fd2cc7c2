"""How the words of a query are searched for: forms, spellings, slips."""
