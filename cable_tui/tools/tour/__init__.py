"""Learn the reading room step by step."""
