"""A tool that exports cables to one SQLite database, for Datasette, DB Browser and sqlite-utils."""
