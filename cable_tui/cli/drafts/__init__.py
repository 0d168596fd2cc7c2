"""What is said of the drafts of whoever writes from an archive."""
