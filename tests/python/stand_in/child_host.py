"""The child's side of the stand-in: what the interpreter's host does in a worker."""

import os
import sys

import _lab_child
import _processes


def main():
    reader = os.fdopen(int(sys.argv[1]), "rb")
    writer = os.fdopen(int(sys.argv[2]), "wb")
    _lab_child.prepare()
    _processes.write_frame(writer, b"ready")
    while (data := _processes.read_frame(reader)) is not None:
        answer = _lab_child.handle(data)
        sys.stdout.flush()
        if answer:
            _processes.write_frame(writer, answer)


main()
