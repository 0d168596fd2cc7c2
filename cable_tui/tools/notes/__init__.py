"""Notes that name other cables: links in both directions, and a folder of Markdown files."""
