# Arguments, given by hand: there is no command line.
import argparse

parser = argparse.ArgumentParser(prog="lab", description="Runs a lab.")
parser.add_argument("name", help="which one")
parser.add_argument("-w", "--workers", type=int, default=4, help="how many (default: %(default)s)")
parser.add_argument("--mode", choices=["threads", "processes"])
parser.add_argument("-v", "--verbose", action="store_true")
print(parser.parse_args(["gil", "-w", "2", "--mode", "threads"]))
print(vars(parser.parse_args(["gil"])))
parser.print_help()
print(parser.format_usage(), end="")
for wrong in [], ["gil", "-w", "two"], ["gil", "--mode", "gpu"]:
    try:
        parser.parse_args(wrong)
    except SystemExit as error:
        print("exit code", error.code)
