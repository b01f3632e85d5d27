"""`python3 run bench [NAME…]`: each module of this folder that offers `run()`."""

import sys

import tests.bench
from tests._tasks import run_each

run_each(tests.bench, sys.argv[1:])
