# not-in-stand-in: files are the interpreter's own
import io
import os
import stat
import tempfile
import time

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "log.bin")
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    print(os.write(fd, b"hello "), os.write(fd, memoryview(b"world")), os.lseek(fd, 0, os.SEEK_END))
    print(os.lseek(fd, 6, os.SEEK_SET), os.write(fd, b"W"), os.fstat(fd).st_size, oct(os.fstat(fd).st_mode))
    for wrong in (
        lambda: os.read(fd, 1),
        lambda: os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL),
        lambda: os.open(path + "x", os.O_RDONLY),
        lambda: os.read(99, 1),
        lambda: os.close(99),
        lambda: os.read("0", 1),
    ):
        try:
            wrong()
        except (OSError, TypeError) as error:
            print(type(error).__name__, getattr(error, "errno", None), getattr(error, "strerror", None) or error)
    os.close(fd)
    try:
        os.write(fd, b"late")
    except OSError as error:
        print(error)

    fd = os.open(path, os.O_RDWR)
    print(os.read(fd, 5), os.read(fd, 100), os.read(fd, 100))
    os.ftruncate(fd, 5)
    os.lseek(fd, 0, os.SEEK_SET)
    with os.fdopen(fd, "r+") as file:
        print(file.read(), file.fileno() == fd, file.write("!"))
    print(os.path.getsize(path))
    fd = os.open(path, os.O_WRONLY | os.O_APPEND)
    with open(fd, "a", closefd=False) as file:
        file.write("?")
    os.write(fd, b"!")
    os.fsync(fd)
    os.close(fd)
    with open(path, "rb", buffering=0) as raw:
        print(type(raw.fileno()).__name__, raw.read(), os.fstat(raw.fileno()).st_size)
    os.truncate(path, 3)
    with open(path, opener=lambda name, flags: os.open(name, flags)) as file:
        print(file.read(), file.name == path)

    before = time.time() - 60
    status = os.stat(path)
    print(status.st_size, status[6] == status.st_size, len(status))
    print(stat.S_ISREG(status.st_mode), stat.filemode(status.st_mode))
    print(before < status.st_mtime < before + 120, status.st_mtime_ns // 10**9 == int(status.st_mtime), status.st_nlink)
    os.utime(path, (1000, 2000.5))
    print(os.stat(path).st_atime, os.path.getmtime(path), os.stat(path).st_mtime_ns)
    os.chmod(path, 0o440)
    print(stat.filemode(os.stat(path).st_mode), stat.S_ISDIR(os.stat(folder).st_mode), repr(status)[:22])
    print(os.access(path, os.R_OK), os.access(path, os.F_OK), os.access(path + "x", os.F_OK))
    print(os.path.samefile(path, os.path.join(folder, ".", "log.bin")), os.path.samefile(path, folder))
    hidden = open(path + "2", "w+")
    os.remove(path + "2")
    print(hidden.write("still there"), hidden.seek(0), hidden.read(), os.path.exists(path + "2"))
    hidden.close()
    try:
        hidden.fileno()
    except ValueError as error:
        print(error)

os.write(1, b"written to 1\n")
os.write(2, b"written to 2\n")
print(os.SEEK_CUR, isinstance(io.BytesIO(b"a").read(), bytes))
