"""The program itself: its settings, its own small files, and what of it is running."""
