"""What is asked of an archive as a source: how a story ran, what is not there, who says it."""
