"""Comments: where an article is discussed, and what a site's answer says there. Pure: nothing here fetches.

`spots.spots_of` gives the places to which the links of an article lead, `adapters` read what stands there, `threads`
makes a tree of it. What comes out is raw: its HTML is cleaned and its text laid out by the worker's child.
"""
