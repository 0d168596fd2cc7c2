"""Count who wrote to whom."""
