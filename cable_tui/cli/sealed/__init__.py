"""Sealed dossiers: writing them, and what was changed of one since."""
