# not-in-stand-in: files are the interpreter's own
import os
import tempfile

fd, path = tempfile.mkstemp(suffix=".txt", prefix="run-", text=True)
name = os.path.basename(path)
print(type(fd).__name__, name.startswith("run-"), name.endswith(".txt"), len(name), oct(os.stat(path).st_mode))
with os.fdopen(fd, "w") as file:
    file.write("text")
print(os.path.getsize(path), os.path.isabs(path))
os.remove(path)
folder = tempfile.mkdtemp(dir=tempfile.gettempdir())
print(os.path.isdir(folder), oct(os.stat(folder).st_mode), os.listdir(folder))
with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".csv", delete=False) as kept:
    kept.write("1,2")
print(os.listdir(folder) == [os.path.basename(kept.name)], open(kept.name).read(), kept.closed)
os.unlink(kept.name)
with tempfile.NamedTemporaryFile(dir=folder, delete_on_close=False) as file:
    file.write(b"kept until the end")
    file.close()
    with open(file.name, "rb") as again:
        print(again.read())
print(os.path.exists(file.name))
with tempfile.TemporaryFile("w+") as file:
    file.write("no name")
    file.seek(0)
    print(file.read(), os.listdir(folder))
with tempfile.SpooledTemporaryFile(max_size=4, mode="w+") as file:
    file.write("abc")
    print(file._rolled, end=" ")
    file.write("defg")
    file.seek(0)
    print(file._rolled, file.read())
os.rmdir(folder)
with tempfile.TemporaryDirectory(prefix="t-") as folder:
    os.makedirs(os.path.join(folder, "a", "b"))
    open(os.path.join(folder, "a", "b", "c"), "w").close()
    print(os.path.basename(folder)[:2])
print(os.path.exists(folder))
directory = tempfile.TemporaryDirectory()
print(repr(directory) == f"<TemporaryDirectory {directory.name!r}>")
directory.cleanup()
print(os.path.exists(directory.name))
try:
    tempfile.mkstemp(dir="/no/such/folder")
except FileNotFoundError as error:
    print(error.errno, error.strerror)
