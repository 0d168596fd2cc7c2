"""What of a library its reader shares: events, how they merge, and the rows that they are of."""
