"""Answers about an archive as a source: how a story ran, what is missing, who reports it."""
