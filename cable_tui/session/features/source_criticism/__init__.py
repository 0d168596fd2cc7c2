"""The features that ask what an archive is as a source: one module each."""
