"""Files with several pages: where each page ends and the next one begins."""
