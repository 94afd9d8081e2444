"""`jupyter nbconvert`, started in half the time.

jsonschema, which checks that a notebook is one, builds a grammar of web addresses as soon as it finds rfc3987_syntax: that
takes longer than the rest of nbconvert, and a notebook has no address to check.
"""

import sys

sys.modules["rfc3987_syntax"] = None  # as if it were not installed

from nbconvert.nbconvertapp import main  # noqa: E402

main()
