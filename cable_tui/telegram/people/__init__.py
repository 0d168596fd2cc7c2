"""Mentions of people in a body: a title with a name behind it. Candidates, never certain."""
