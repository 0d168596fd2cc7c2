"""The start of the room: the program, opening an archive, the first rows."""
