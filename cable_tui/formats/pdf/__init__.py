"""PDF files: their text is taken out in a process of its own and read as the text formats are."""
