"""People in a cable: signers, names of officers, and mentions by a title."""
