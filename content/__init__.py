"""What the public reads: pages, blocks and snippets. Facts live below; here they are told.

models, blocks                    page types and snippets; what an editor puts a page together from
routing                           from an address to its page, in a constant number of questions
edition                           what pages are made of, kept by each process until somebody publishes
actions.consenting, hiding        consent withdrawn or run out: words, pictures and entries come down
reviewing, actions.inviting       health pages by way of a clinician; a link for one without an account
reviews, actions.reviewing        when a page was read as a whole, and when that is due again
finding                           the search, the site map, what is looked for and not found
look, theme                       the charity's colours and corners, measured, as a stylesheet
checking, counting                what an editor may have overlooked; visits without cookies
staff                             the editors' screens in the admin
"""
