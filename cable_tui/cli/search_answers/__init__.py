"""What `search` prints: hits as lines, JSON or CSV, and answers to many queries."""
