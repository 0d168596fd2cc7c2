"""Compressed files and archives, read in place: zip, tar, 7z, gzip, bzip2 and xz.

    kind = members.container(head)     `zip`, `tar`, `7z`, or empty: by content, never by name
    stream = members.unpacked(file)    the content of a compressed file; any other file unchanged
    members.listed(stream)             the files in an archive, and the problems with it
    members.open_member(stream, m)     one of the files, as a separate file

Nothing is ever written to the disk, and at most `seekable.Held.longest` bytes of a file are in
memory.
"""
