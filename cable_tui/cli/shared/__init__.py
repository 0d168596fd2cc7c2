"""Code that commands share: the parser, the opened archive, the query and the progress line."""
