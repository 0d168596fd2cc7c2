"""The Python library: `import cable_tui as ct`, then `ct.open(folder)`. See docs/python.md."""
