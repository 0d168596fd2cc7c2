"""The verifiable dossier: cables, notes and citations in one zip file that reveals any change."""
