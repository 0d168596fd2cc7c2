"""Pages over the room: of a report, a draft, two records compared, the bookmarks."""
