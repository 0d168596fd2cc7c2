"""Whether the members of a sealed dossier say the same: the page that people read, and the data."""
