"""The main screen: render sessions, and run effects."""
