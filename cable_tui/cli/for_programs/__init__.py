"""Help as data and instructions for assistants, for programs that use the command line."""
