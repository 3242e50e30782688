# not-in-stand-in: files are the interpreter's own
import io
import os
import pathlib
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "notes.txt")
    with open(path, "w") as file:
        print(file.write("one\ntwo\n"), file.writable(), file.readable())
    with open(path, "a") as file:
        print("three", file=file)
    with open(path) as file:
        print(file.read().split(), os.path.getsize(path))
    with open(path, "r+b") as file:
        file.seek(4)
        file.write(b"TWO")
        file.seek(0)
        print(file.readlines(), file.tell())
    for wrong in (
        lambda: open(path, "x"),
        lambda: open(os.path.join(folder, "no", "such"), "w"),
        lambda: os.rmdir(folder),
        lambda: os.mkdir(folder),
        lambda: open(folder, "w"),
    ):
        try:
            wrong()
        except OSError as error:
            print(type(error).__name__, error.errno, error.strerror)
    try:
        with open(path, "w") as file:
            file.read()
    except io.UnsupportedOperation as error:
        print(error)
    os.makedirs(os.path.join(folder, "a", "b"), exist_ok=True)
    pathlib.Path(folder, "a", "c.txt").write_text("hello")
    os.rename(os.path.join(folder, "a", "c.txt"), os.path.join(folder, "d.txt"))
    with os.scandir(folder) as entries:
        print(sorted((entry.name, entry.is_dir(), entry.is_file()) for entry in entries))
    entries = os.scandir(folder)
    print(isinstance(next(entries).name, str), iter(entries) is entries)
    entries.close()
    print(sorted(os.listdir(folder)), pathlib.Path(folder, "d.txt").read_text())
    os.remove(os.path.join(folder, "d.txt"))
    print(os.path.exists(os.path.join(folder, "d.txt")))
print(os.path.exists(folder))

with tempfile.NamedTemporaryFile("w+", suffix=".csv") as file:
    file.write("1,2\n3,4\n")
    file.seek(0)
    print([line.strip().split(",") for line in file], file.name.endswith(".csv"), os.path.exists(file.name))
print(os.path.exists(file.name))
with tempfile.TemporaryFile() as file:
    file.write(b"bytes")
    file.seek(1)
    print(file.read())
