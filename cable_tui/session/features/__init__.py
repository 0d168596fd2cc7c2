"""The features of the room: each has its actions, its effects and its steps in one module."""
