"""The room before it is there: the program, opening an archive, its first rows."""
