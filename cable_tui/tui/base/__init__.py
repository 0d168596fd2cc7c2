"""What all parts of the screen share: messages, themes, layouts, the host."""
