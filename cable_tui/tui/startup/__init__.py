"""From the command line to the first screen and an open archive."""
