"""Sealed dossiers in the room."""
