"""The cable view: top box, header, body."""
