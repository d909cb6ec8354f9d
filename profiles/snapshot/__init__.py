"""The published solutions in memory, as bitmaps: what makes lists and facet counts fast.

`current(on=…)` returns the snapshot that is true now; `Hits` narrows it by the same words as
`SolutionQuerySet`, and `Selection` loads the rows of one page. How it stays correct and what it
costs: docs/performance.md.
"""

from profiles.snapshot.current import current
from profiles.snapshot.hits import Hits
from profiles.snapshot.market import Snapshot
from profiles.snapshot.selection import Selection

__all__ = ["Hits", "Selection", "Snapshot", "current"]
