"""Tables of facts about cables, looked up by code: TAGS, posts, routes, acronyms, prosigns.

Every look-up is a dictionary access; a table is read when it is first asked for.
"""

from cable_tui.glossary.posts import (
    Station,
    bureau,
    is_post,
    is_same_post,
    malformed,
    nara_station,
    old_stations,
    origin_stations,
    places,
    post_addressed,
    post_named,
    station,
    station_alias,
    station_spellings,
    stations,
)
from cable_tui.glossary.readings import Counts, Reading, doubtful, readings
from cable_tui.glossary.tables import (
    acronym,
    english_words,
    is_english,
    marking,
    prosign,
    reason,
    route,
)
from cable_tui.glossary.tag_lists import Tag, repair_tags, tag, tags
