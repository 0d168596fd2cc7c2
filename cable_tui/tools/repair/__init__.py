"""Repair a draft: write a copy in which certain errors in quotations and citations are corrected.

`plan` decides which corrections are certain. A module for each file type writes the changes into a
copy, and `copied` rereads the copy to verify that nothing else has changed.
"""
