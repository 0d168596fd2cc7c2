"""The tools: each is a folder that can be deleted, and a row in `table.py`."""
