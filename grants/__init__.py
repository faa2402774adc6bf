"""A grant walks: application, resolution, declarations, votes, reservation, award, instalment, payment, page.

actions.applying.enter            an Application, entered by staff
actions.proposing.draft           a Resolution with its Paper and the funds that would pay
actions.deciding.open_resolution  the paper stands; the quorum is frozen
actions.deciding.declare, vote    Interests and Votes, all kept; no page shows a choice before the close
actions.deciding (the last vote)  Award and, through ledger.posting, the reservation: one transaction
actions.awarding.offer, accept    the funds now owe it
actions.paying                    an Instalment asked for, authorised by two others, confirmed by the bank: paid
publishing                        what the public page reads, joined with the ledger's positions
"""
