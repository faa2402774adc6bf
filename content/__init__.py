"""What the public reads: pages, blocks and snippets. Facts live below; here they are told.

models, blocks                    page types and snippets; what an editor puts a page together from
routing                           from an address to its page, in a constant number of questions
edition                           what pages are made of, kept by each process until somebody publishes
actions.consenting, hiding        consent withdrawn or run out: words, pictures and entries come down
reviewing, actions.inviting       health pages by way of a clinician; a link for one without an account
reviews, actions.reviewing        when a page was read as a whole, what an approval leaves on it, when that is due again
actions.reminding                 letters about days that come: reviews, permissions, consents, accreditations
actions.messaging                 what somebody wrote through a form is kept, and the office told that it waits
glossary                          words explained within a text, where a reader meets them first
finding                           the search, the site map, what is looked for and not found
look, theme                       the charity's colours and corners, measured, as a stylesheet
checking, counting                what an editor may have overlooked; visits without cookies
staff                             the editors' screens in the admin
"""
