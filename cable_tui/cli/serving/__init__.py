"""The reading room in browsers: the server, its `page/`, and a process for each visitor."""
