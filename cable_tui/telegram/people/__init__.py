"""People in a cable: who signed, names of officers, and mentions by a title."""
