"""One figure: what was measured, how much it came to, its goal, and what it was measured beside."""

import enum
from dataclasses import dataclass


class Than(enum.StrEnum):
    """Which side of the goal is the good one."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its goal. `beside` is the reference of the same run, the client and the sizes."""

    name: str
    value: float
    unit: str
    than: Than
    goal: float
    beside: str

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.value <= self.goal if self.than is Than.AT_MOST else self.value >= self.goal

    def lines(self) -> list[str]:
        """`name | value unit | goal | met` or `… | short`, and under it what it was measured beside."""
        verdict = "met" if self.met else "short"
        value, goal = f"{spoken(self.value)} {self.unit}", f"{self.than} {spoken(self.goal)} {self.unit}"
        return [f"{self.name} | {value.strip()} | {goal.strip()} | {verdict}", f"    beside {self.beside}"]


def at_most(goal: float, name: str, value: float, unit: str, beside: str) -> Figure:
    """A figure that should be small."""
    return Figure(name, value, unit, Than.AT_MOST, goal, beside)


def at_least(goal: float, name: str, value: float, unit: str, beside: str) -> Figure:
    """A figure that should be large."""
    return Figure(name, value, unit, Than.AT_LEAST, goal, beside)


def spoken(number: float) -> str:
    """A number with as many digits as one can trust: 5,479, 31.4, 1.02, 0.028."""
    if number == int(number) or abs(number) >= 100:
        return f"{number:,.0f}"
    if abs(number) >= 10:
        return f"{number:.1f}"
    return f"{number:.2f}" if abs(number) >= 0.1 else f"{number:.3f}"
