"""Files of pages: where a page of a file ends and the next one begins."""
