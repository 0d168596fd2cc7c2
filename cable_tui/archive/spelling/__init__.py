"""The words that are searched for each word of a query: its forms, spellings and corrections."""
