"""What the room does with the drafts of whoever writes from an archive."""
