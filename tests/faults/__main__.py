"""`python3 run faults [NAME…]`: each module of this folder that offers `run()`."""

import sys

import tests.faults
from tests._tasks import run_each

run_each(tests.faults, sys.argv[1:])
