"""The verifiable dossier: cables, notes and citations in one zip that shows any change."""
