"""What the words of a query are looked for by: forms, spellings, slips."""
