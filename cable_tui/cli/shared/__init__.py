"""What commands share: their line, their archive, their query, their progress."""
