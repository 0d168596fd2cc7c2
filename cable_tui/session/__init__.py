"""The state of the reading room as an immutable value, and the steps from one state to the next."""
