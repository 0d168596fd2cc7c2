"""The view of a cable: its top box, its header and its body."""
