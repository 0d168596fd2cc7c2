"""Links between notes and the cables they name, and notes as a folder of Markdown files."""
