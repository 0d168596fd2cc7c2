"""The pages that cover the room: a report, a draft, a comparison of two records, the bookmarks."""
