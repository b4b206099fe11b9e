"""An invented coalition: three organisations, their members, and some six hundred people who do not exist.

`fill` makes the demo, once; `sign_ins` says who may come in; `populate` gives any organisation any number of people,
which is how large databases for measuring are made. Places and articles of law are real, nothing else is.
"""

from throughgate.site.demo.cast import sign_ins
from throughgate.site.demo.filling import fill
from throughgate.site.demo.populating import Staff, populate

__all__ = ["Staff", "fill", "populate", "sign_ins"]
