"""Office documents from Word and LibreOffice: their text as blocks, with links and notes."""
