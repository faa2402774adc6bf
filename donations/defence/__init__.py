"""Card testing, and what stands against it: nobody tries stolen cards on our form; nobody who gives is shut out.

A try walks: address and email become digests, one statement judges, a page says what to do, nothing typed is lost.

answering.stop       asked by a view before a pledge is made: None, or the page to answer with (429)
visitors             whose try it is: keyed digests, the address behind our own proxies
door.judge           the layers, in one statement: address, donor, new cards, the alarm for everybody
tickets              a challenge that was set: signed, for one donor, once; or a wait that was really waited
proof_of_work        the challenge that needs no third party; DEFENCE_CHALLENGE may name another
cards                what Stripe tells of cards: declined ones are counted, good ones remembered
watching             what staff see of it, and forgetting
"""

from donations.defence.answering import stop
from donations.defence.cards import note_decline, note_good
from donations.defence.watching import Watch, forget, watched

__all__ = ["Watch", "forget", "note_decline", "note_good", "stop", "watched"]
