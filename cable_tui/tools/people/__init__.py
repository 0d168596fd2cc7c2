"""Find who is named in cables, and confirm people."""
