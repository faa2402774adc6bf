"""Who the charity is, as letters and receipts must say. The words are kept by whoever tells the charity's story."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Charity:
    """The names and numbers that the law wants on a receipt (Charities Act 2011, s.194), and where to read more."""

    name: str = "This charity"
    registered_name: str = ""
    number: str = ""
    register: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""
    privacy: str = ""  # the address of the page that says what becomes of what people tell us, where there is one

    @property
    def legal_name(self) -> str:
        """As it stands in the register: what a declaration must name."""
        return self.registered_name or self.name

    @property
    def statement(self) -> str:
        """“Example Trust is a registered charity in England and Wales, number 0000000”."""
        if not self.number:
            return ""
        where = f" in {self.register}" if self.register else ""
        return f"{self.legal_name} is a registered charity{where}, number {self.number}"


_teller: Callable[[], Charity] = Charity


def told_by(teller: Callable[[], Charity]) -> None:
    """Name the function that knows the charity; content does so when it is ready."""
    global _teller  # set once, while the process starts
    _teller = teller


def current() -> Charity:
    """The charity as it is described at this moment."""
    return _teller()
