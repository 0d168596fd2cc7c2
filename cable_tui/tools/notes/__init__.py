"""Links between notes and the cables they mention, and notes as a folder of Markdown files."""
