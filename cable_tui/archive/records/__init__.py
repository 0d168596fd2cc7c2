"""Files and records: walking, opening, reading and ranking them."""
