"""Reports: questions about an archive that are answered with rows, one module per report."""
