"""The handlers of effects that take time or leave the program. No Textual."""
