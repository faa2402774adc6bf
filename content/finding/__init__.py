"""How readers find what they look for.

A search walks: words typed, made plain, pages and services that hold them, promoted ones first; if there are none, what
may have been meant; at last one line for the editors: what was asked for, and how much there was.

words            what was typed, made fit for asking; the words that our pages know
pages            which pages the public may find, for the search and for the site map
beside           services of the directory, centres and words of the glossary that hold what was typed
results          pages with their excerpts and what stands beside them, promoted pages, what may have been meant
learning         the words of public pages, learnt anew when something has changed
counting         what was looked for and not found
views            /search/, /sitemap.xml, /robots.txt
"""
