# checks: sys.exit with a text: on stderr, exit code 1; finally still runs
import sys

try:
    sys.exit("that was enough")
finally:
    print("finally")
