"""Documents of office programs, Word and ODT: their text as blocks, with links and notes."""
