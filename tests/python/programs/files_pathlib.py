# not-in-stand-in: files are the interpreter's own
import os
import stat
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    root = Path(folder)
    note = root / "note.txt"
    print(note.write_text("one\ntwo\n"), note.read_text().split(), note.stat().st_size, note.exists())
    print(note.write_bytes(b"\x00\xff"), note.read_bytes(), note.is_file(), note.is_dir(), note.is_symlink())
    print(note.write_text("gr\u00fc\u00dfe", encoding="latin-1"), note.read_bytes())
    sub = root / "sub"
    sub.mkdir()
    (sub / "deep").mkdir(parents=True)
    (sub / "empty").touch()
    (sub / "empty").touch()
    print(sorted(path.name for path in sub.iterdir()), sorted(path.name for path in root.iterdir()))
    print(sorted(path.name for path in root.glob("*.txt")), sorted(path.name for path in root.rglob("*e*")))
    print(note.rename(root / "other.txt").name, note.exists(), (root / "other.txt").replace(note).name)
    with note.open("a") as file:
        file.write("!")
    print(note.stat().st_size, stat.filemode(sub.stat().st_mode), note.stat().st_mode == os.stat(note).st_mode)
    for wrong in (
        sub.mkdir,
        sub.rmdir,
        (root / "none").unlink,
        (root / "none").read_text,
        lambda: (root / "none" / "x").write_text(""),
        lambda: (sub / "empty").touch(exist_ok=False),
        lambda: list((root / "none").iterdir()),
    ):
        try:
            wrong()
        except OSError as error:
            print(type(error).__name__, error.errno, error.strerror)
    sub.mkdir(exist_ok=True)
    (root / "none").unlink(missing_ok=True)
    note.chmod(0o600)
    print(oct(note.stat().st_mode), note.samefile(root / "sub" / ".." / "note.txt"))
    (sub / "empty").unlink()
    (sub / "deep").rmdir()
    sub.rmdir()
    print([(path.name, len(folders), files) for path, folders, files in root.walk()][0][1:])
    print(note.resolve() == note.absolute(), note.parent == root, Path("a", "b").as_posix())
print(root.exists())
