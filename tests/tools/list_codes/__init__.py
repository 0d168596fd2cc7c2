"""Tests of the exports with the reader's lists as codes."""
