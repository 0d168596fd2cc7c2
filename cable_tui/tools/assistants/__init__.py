"""Answer an assistant over the Model Context Protocol, and let it misquote nothing."""
