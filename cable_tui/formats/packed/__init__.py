"""Packed files: archives (zip, tar, 7z) and compressed files (gzip, bzip2, xz), read in place.

    kind = members.container(head)     `zip`, `tar`, `7z`, or nothing: by content, never by name
    stream = members.unpacked(file)    what a compressed file holds; any other file as it is
    members.listed(stream)             the files in an archive, and what is wrong with it
    members.open_member(stream, m)     one of them, as a file of its own

Nothing is ever written to the disk, and no more than `seekable.Held.longest` bytes of a file are
held.
"""
