"""Donors who never were: named after the sea and the shore, all at example.org."""

from random import Random

from donations.models import Donor

FIRST = [
    *("Agnes", "Alfie", "Beryl", "Bertie", "Cecily", "Clement", "Dilys", "Dougal", "Edith", "Ernest"),
    *("Flora", "Fergus", "Gwen", "Gilbert", "Hettie", "Horace", "Ivy", "Idris", "Josie", "Jago"),
    *("Kitty", "Kenver", "Lottie", "Linus", "Mabel", "Morris", "Nellie", "Ned", "Olive", "Oswin"),
    *("Posy", "Percy", "Queenie", "Quentin", "Rhoda", "Rufus", "Senara", "Silas", "Tilly", "Tobias"),
]
LAST = [
    *("Anchorsby", "Barnacleby", "Bladderwrack", "Brinewell", "Buoyton", "Cockleshore", "Coracleton"),
    *("Crabtide", "Dabchickley", "Dunlinshaw", "Eddystream", "Fathomley", "Foamhurst", "Gannetley"),
    *("Groynefield", "Gullsworth", "Halyardson", "Jettyman", "Kittiwakely", "Lobsterpot", "Marramhurst"),
    *("Mizzenley", "Mudflatter", "Neaptide", "Oysterley", "Pebbleton", "Periwinkler", "Quaymaster"),
    *("Razorshell", "Rockpoole", "Samphirely", "Sandpiperson", "Seathriftly", "Shinglewood", "Spindledrift"),
    *("Spraygate", "Starfishley", "Tidelander", "Turnstonely", "Whelkington"),
]
HOW_MANY = 120
# Beside them: perhaps one person under two addresses, and a name that a spreadsheet would take for a sum.
TROUBLESOME = {
    "ned.halyardson@example.org": "Ned Halyardson",
    "n.halyardson@example.org": "Ned Halyardson",
    "one.and.one@example.org": "=1+1",
}


def load(chance: Random) -> list[Donor]:
    """Donors with an address each; none is made twice."""
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chosen = chance.sample(names, HOW_MANY)
    wanted = {f"{name.lower().replace(' ', '.')}@example.org": name for name in chosen} | TROUBLESOME
    known = {donor.email: donor for donor in Donor.objects.filter(email__in=wanted)}
    made = Donor.objects.bulk_create(
        Donor(name=name, email=email) for email, name in wanted.items() if email not in known
    )
    known |= {donor.email: donor for donor in made}
    return [known[email] for email in wanted]
