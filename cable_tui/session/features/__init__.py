"""The features of the room: one module each, with its actions, steps and effects."""
