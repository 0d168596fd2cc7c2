"""Follow citations from cable to cable, as a dated story."""
