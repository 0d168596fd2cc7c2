"""Follow citations from cable to cable, and present them in chronological order."""
