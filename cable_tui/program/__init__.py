"""The program itself: its settings, its own small files, and its running instances."""
