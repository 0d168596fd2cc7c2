"""The program as a whole: its settings, its own small files, and its running instances."""
