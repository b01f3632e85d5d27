"""`python3 run eval [NAME…]`: each module of this folder that offers `run()`."""

import sys

import tests.eval
from tests._tasks import run_each

run_each(tests.eval, sys.argv[1:])
