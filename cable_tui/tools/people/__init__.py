"""List the people named in cables, and confirm who they are."""
