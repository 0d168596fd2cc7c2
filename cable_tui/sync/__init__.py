"""The exchange of events with other libraries, by a folder or a server that all of them reach."""
