"""The parts of a library that its reader shares: events, how they merge, and their rows."""
