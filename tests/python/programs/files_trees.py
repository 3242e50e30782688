# not-in-stand-in: files are the interpreter's own
import glob
import os
import pathlib
import shutil
import tempfile

with tempfile.TemporaryDirectory() as folder:
    root = pathlib.Path(folder)
    for name in ("a/1.txt", "a/b/2.txt", "a/b/3.csv", "c/4.txt"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        print(file.write_text(name * 2), end=" ")
    print()

    def tree(top, **options):
        found = os.walk(top, **options)
        return [(os.path.relpath(path, folder), sorted(folders), sorted(files)) for path, folders, files in found]

    print(*sorted(tree(folder)), sep="\n")
    print([path for path, _, _ in tree(folder, topdown=False)][-1])
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "b")
        print(os.path.relpath(path, folder) if path != folder else ".", sorted(files))
    errors = []
    print(list(os.walk(os.path.join(folder, "none"), onerror=errors.append)))
    print([type(error).__name__ for error in errors])

    print(os.path.relpath(shutil.copy(root / "a" / "1.txt", root / "copy.txt"), folder))
    print(os.path.relpath(shutil.copy(root / "a" / "1.txt", root / "c"), folder), sorted(os.listdir(root / "c")))
    os.utime(root / "copy.txt", (10, 20))
    shutil.copy2(root / "copy.txt", root / "copy2.txt")
    print(os.stat(root / "copy2.txt").st_mtime, (root / "copy2.txt").read_text())
    shutil.copyfile(root / "copy.txt", root / "copy3.txt")
    print((root / "copy3.txt").read_bytes())
    try:
        shutil.copyfile(root / "copy.txt", root / "copy.txt")
    except shutil.SameFileError as error:
        print(type(error).__name__)
    print(os.path.relpath(shutil.copytree(root / "a", root / "d"), folder), sorted(tree(root / "d")))
    shutil.copytree(root / "a", root / "e", ignore=shutil.ignore_patterns("*.csv", "1*"))
    print(sorted(path.name for path in (root / "e").rglob("*")))
    try:
        shutil.copytree(root / "a", root / "d")
    except FileExistsError as error:
        print(error.errno, error.strerror)
    print(os.path.relpath(shutil.move(root / "d", root / "moved"), folder), (root / "d").exists())
    print(os.path.relpath(shutil.move(root / "copy3.txt", root / "moved"), folder))
    print(sorted(os.path.relpath(path, folder) for path in glob.glob(f"{folder}/**/*.txt", recursive=True)))
    shutil.rmtree(root / "moved")
    print((root / "moved").exists(), sorted(os.listdir(folder)))
    try:
        shutil.rmtree(root / "moved")
    except FileNotFoundError as error:
        print(error.errno, error.strerror)
    shutil.rmtree(root / "moved", ignore_errors=True)
    failed = []
    shutil.rmtree(root / "none", onexc=lambda function, path, error: failed.append(type(error).__name__))
    print(failed)
    with open(root / "from", "wb") as to, open(root / "a" / "1.txt", "rb") as source:
        shutil.copyfileobj(source, to)
    print((root / "from").stat().st_size)
    os.makedirs(root / "x" / "y" / "z")
    os.removedirs(root / "x" / "y" / "z")
    print((root / "x").exists())
    os.renames(root / "from", root / "p" / "q")
    print(sorted(os.listdir(root / "p")))
    for wrong in (
        lambda: os.rename(root / "none", root / "p2"),
        lambda: os.rename(root / "a", root / "a" / "b" / "c"),
        lambda: os.rename(root / "a", root / "c"),
        lambda: os.rename(root / "a", root / "copy.txt"),
        lambda: os.listdir(root / "copy.txt"),
        lambda: os.mkdir(root / "copy.txt" / "x"),
        lambda: os.remove(root / "none"),
    ):
        try:
            wrong()
        except OSError as error:
            print(type(error).__name__, error.errno, error.strerror)
