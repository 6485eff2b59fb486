"""A first, small mark of judging words. It never blocks: the team screens in debrief, this only points.

Words inside quotation marks are what somebody said in the room, and so are facts.
"""

from __future__ import annotations

import re

_ENGLISH = (
    r"good|great|excellent|wonderful|nice|amazing|strong|poor|bad|weak|terrible|boring|lazy|effective(?:ly)?"
    r"|ineffective(?:ly)?|well|poorly|appropriate(?:ly)?|inappropriate(?:ly)?|should(?:n't)?|ought"
    r"|needs? to|lacks?|lacked|failed to|unfortunately|too (?:much|little|slow(?:ly)?|fast|long|short)"
)
_SPANISH = (
    r"buen[oa]?s?|excelentes?|maravillos[oa]s?|mal[oa]?s?|débil(?:es)?|pésim[oa]s?|aburrid[oa]s?|perezos[oa]s?|eficaz"
    r"|ineficaz|eficiente|bien|mal|adecuad[oa]|inadecuad[oa]|debería(?:n)?|tendría que|hay que|necesita mejorar"
    r"|falta de|lamentablemente|demasiad[oa]"
)
_JUDGING = re.compile(rf"(?<!\w)(?:{_ENGLISH}|{_SPANISH})(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")


def judges(words: str) -> bool:
    """Whether a judging word of English or Spanish stands outside quotation marks."""
    return (
        _JUDGING.search(_QUOTED.sub(" ", words) if '"' in words or "“" in words or "«" in words else words) is not None
    )
