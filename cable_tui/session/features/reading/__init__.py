"""The features of an open cable: one module each."""
