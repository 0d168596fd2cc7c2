"""Answers about an archive as a source: the course of a story, missing cables, who reports."""
