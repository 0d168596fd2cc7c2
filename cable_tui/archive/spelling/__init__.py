"""The words searched for in place of each word in a query: forms, spellings and corrections."""
