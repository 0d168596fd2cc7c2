"""A tool that exports cables with the lists that contain them, as codes for other programs."""
