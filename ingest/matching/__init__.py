"""Which things of different articles are one: blocks to look in, comparisons of two, and clusters of many.

Everything here is a function of what it is given: it reads no graph and knows no order of articles, so that the same
articles and decisions give the same clusters whatever came first.
"""
