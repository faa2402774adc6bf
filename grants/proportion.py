"""Splitting an amount in the proportions of shares, exact to the penny."""

from collections.abc import Sequence


def split(pence: int, weights: Sequence[int]) -> list[int]:
    """`pence` in the proportions of `weights`, whole pence that add up; none is above its weight if the sum is not.

    Each is rounded down, and the pennies left over go to the largest remainders, the earlier first.
    So an amount equal to all that is left takes exactly what is left of each.
    """
    whole = sum(weights)
    if pence < 0 or pence > whole:
        raise ValueError(f"{pence} cannot be taken from {whole}")
    if whole == 0:
        return [0 for _ in weights]
    parts = [pence * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda at: (-(pence * weights[at] % whole), at))
    for at in remainders[: pence - sum(parts)]:
        parts[at] += 1
    return parts
