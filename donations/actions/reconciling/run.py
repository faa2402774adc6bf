"""A comparison that is going on: what was looked at, what was off, and what has been put right."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass
class Finding:
    """One thing that was off: what and which, how many pence, a sentence, and whether it has been put right."""

    what: str
    which: str
    pence: int
    sentence: str
    repaired: bool = False


@dataclass
class Run:
    """A comparison that is going on. A strict one changes nothing."""

    strict: bool
    findings: list[Finding] = field(default_factory=list)
    looked_at: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """So many more of these were looked at."""
        self.looked_at[what] = self.looked_at.get(what, 0) + number

    def found(self, what: str, which: str, pence: int, sentence: str) -> Finding:
        """Write down that something is off."""
        finding = Finding(what, which, pence, sentence)
        self.findings.append(finding)
        return finding

    def mend(self, finding: Finding, repair: Callable[[], object], mended: Callable[[], bool]) -> None:
        """Put it right, unless the run is strict; what cannot be put right stands, with the reason."""
        if self.strict:
            return
        if problem := failure_of(repair):
            finding.sentence += f" Tried: {problem}."
        finding.repaired = mended()

    def look(self, what: str, which: str, pence: int, deed: Callable[[], object]) -> None:
        """Look at one thing among many; where that fails it is a finding, and the next is looked at all the same."""
        if problem := failure_of(deed):
            self.found(what, which, pence, f"It could not be looked at: {problem}.")


def failure_of(deed: Callable[[], object]) -> str:
    """Do it; the name of what went wrong, or nothing: one thing in the way must not hide all others."""
    try:
        deed()
    except Exception as problem:
        log.warning("A comparison met %s.", type(problem).__name__)
        return type(problem).__name__
    return ""
