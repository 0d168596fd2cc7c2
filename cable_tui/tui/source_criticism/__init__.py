"""Pages over the room that ask what an archive is as a source; one module each."""
