# self-checking: the site's data files are where no CPython runs
# not-in-stand-in: it has no such files
# The data files are read by open and by urlopen: in the main thread, in threads and in processes.
import csv
import json
import os
import pickle
import struct
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from urllib.request import Request, urlopen

STATIONS = [f"data/stations/station-{number:02d}.csv" for number in range(1, 51)]
ANSWERS = [f"data/answers/answer-{number:03d}.json" for number in range(1, 101)]
FIELDS = [f"data/fields/year-{year}.nc" for year in range(2001, 2021)]


def warmest(name):
    with open(name, newline="") as file:
        return max(csv.DictReader(file), key=lambda row: float(row["temperature_c"]))["month"]


def answer(name):
    with urlopen(name) as response:
        return json.load(response)["answer"]


def check_text():
    with open(STATIONS[0]) as file:
        lines = file.readlines()
    assert lines[0] == "month,temperature_c,rain_mm\n" and len(lines) == 121, lines[:2]
    assert file.closed and file.name == STATIONS[0] and file.mode == "r"
    with open(STATIONS[0], "rb") as file:
        content = file.read()
    assert content.decode() == "".join(lines) and file.name == STATIONS[0] and file.mode == "rb"
    for mode in ("r", "rb"):
        try:
            pickle.dumps(open(STATIONS[0], mode))
        except TypeError as error:
            assert "cannot pickle" in str(error), error
        else:
            raise AssertionError("an open file was pickled")


def check_response():
    with urlopen(Request(ANSWERS[6])) as response:
        assert response.status == response.getcode() == 200 and response.url == response.geturl() == ANSWERS[6]
        assert response.headers["content-type"] == "application/json"
        assert int(response.getheader("Content-Length")) == len(response.read())
    try:
        urlopen(ANSWERS[6], timeout=0)
    except OSError as error:
        assert isinstance(error.reason, TimeoutError), error
    else:
        raise AssertionError("it was there at once")


def check_folders():
    assert os.listdir("data") == ["answers", "fields", "stations"] and os.listdir() == ["data", "tmp"]
    assert [f"data/stations/{name}" for name in sorted(os.listdir("data/stations"))] == STATIONS
    assert os.path.exists(FIELDS[0]) and os.path.isfile(FIELDS[0]) and not os.path.isdir(FIELDS[0])
    assert os.path.isdir("data/fields/") and not os.path.exists("data/fields/year-1999.nc")


def check_fields():
    for name in FIELDS:
        with open(name, "rb") as file:
            assert file.read(4) == b"CDF\x01" and struct.unpack(">i", file.read(4)) == (0,)


def check_everywhere():
    months = [warmest(name) for name in STATIONS]
    for executor in (ThreadPoolExecutor, ProcessPoolExecutor):
        with executor(2) as pool:
            try:
                got = list(pool.map(warmest, STATIONS[:6]))
            except RuntimeError as error:
                assert executor is ThreadPoolExecutor and "can't start new thread" in str(error), error
                continue
        assert got == months[:6], (executor, got)
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(answer, ANSWERS[:4])) == [1, 2, 3, 4]


if __name__ == "__main__":
    check_text()
    check_response()
    check_folders()
    check_fields()
    check_everywhere()
    print("read")
