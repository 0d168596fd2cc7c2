"""Reports: questions to an archive whose answers are rows, each one module for every door."""
