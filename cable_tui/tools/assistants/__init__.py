"""Serve an assistant over the Model Context Protocol, and check its quotations."""
