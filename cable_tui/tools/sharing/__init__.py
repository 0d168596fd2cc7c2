"""The exchange of events with other libraries, through a folder or a server."""
