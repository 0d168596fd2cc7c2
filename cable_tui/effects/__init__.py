"""What takes time or leaves the program: one function for each effect. No Textual."""
