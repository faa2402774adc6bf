"""A long storm by chance with a seed: the same one each time it is asked for. For the benchmark, and for a person."""

from collections.abc import Callable
from random import Random

from tests.storms.storm import Storm

CARDS = ("succeeds", "succeeds", "succeeds", "declined", "bacs", "wallet", "3ds_pass", "3ds_fail")
OFTEN = ("once", "once", "month", "year")


def blow(storm: Storm, chance: Random, steps: int) -> None:
    """Do so many deeds. News comes and is worked off about as fast as things happen."""

    def which() -> int:
        return chance.randrange(1_000)

    def pence() -> int:
        return chance.randint(200, 50_000)

    def coin() -> bool:
        return chance.random() < 0.5

    deeds: list[tuple[int, Callable[[], None]]] = [
        (14, lambda: storm.gives(pence(), chance.choice(CARDS), chance.choice(OFTEN))),
        (2, lambda: storm.pays_again(which())),
        (1, lambda: storm.leaves(which())),
        (3, lambda: storm.debit_comes(which(), coin())),
        (6, lambda: storm.month_passes(which(), coin())),
        (2, lambda: storm.tries_again(which())),
        (1, lambda: storm.ends(which())),
        (2, lambda: storm.refunds(which(), chance.choice([None, pence()]), coin())),
        (1, lambda: storm.refund_comes_back(which())),
        (2, lambda: storm.office_refunds(which(), pence())),
        (2, lambda: storm.disputes(which())),
        (2, lambda: storm.dispute_closes(which(), coin())),
        (1, lambda: storm.pays_out(chance.randint(1, 4))),
        (1, lambda: storm.payout_moves(which(), coin())),
        (1, lambda: storm.changes_amount(which(), pence())),
        (70, lambda: storm.post_comes(which(), chance.choice((1, 1, 1, 2, 3)))),
        (6, lambda: storm.post_is_lost(which())),
        (55, lambda: storm.worker_works(which())),
        (6, lambda: storm.worker_is_killed(which(), which(), coin())),
        (5, lambda: storm.letters_leave(3)),
    ]
    weights = [weight for weight, _ in deeds]
    for _, deed in chance.choices(deeds, weights, k=steps):
        deed()
