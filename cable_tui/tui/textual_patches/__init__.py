"""What leans on Textual's inside, each with what it buys."""
