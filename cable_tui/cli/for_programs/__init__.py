"""Help as data, and instructions for assistants: what programs that use the shell need."""
