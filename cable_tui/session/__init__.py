"""The state of the reading room as one frozen value, and the step from one to the next."""
