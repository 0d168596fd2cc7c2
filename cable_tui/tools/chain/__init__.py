"""Follow citations from cable to cable, and present them as a dated story."""
