"""What CPython's csv and json, SciPy's NetCDF reader and NumPy make of the site's data files.

    cargo xtask data; python3 data_files.py     writes data_files_numpy.json anew

Each row is what src/workload/files/ tells of a file. Of the years the first four are kept, as much as tests need.
"""

import csv
import json
from pathlib import Path

import numpy as np
import scipy
from scipy.io import netcdf_file

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
YEARS_KEPT = 4
SEASONS = [[0, 1, 11], [2, 3, 4], [5, 6, 7], [8, 9, 10]]


def station(path):
    """Each month's mean temperature and mean rain, the lowest and the highest temperature."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    temperature = np.array([float(row["temperature_c"]) for row in rows])
    rain = np.array([float(row["rain_mm"]) for row in rows])
    means = [column.reshape(-1, 12).mean(axis=0) for column in (temperature, rain)]
    return [*np.concatenate(means).tolist(), temperature.min().item(), temperature.max().item()]


def year(path):
    with netcdf_file(path, mmap=False) as file:
        return file.variables["temperature"][:].astype(np.float64)


def answer(path):
    said = json.loads(path.read_text())
    return [float(said[name]) for name in ("latitude", "longitude", "temperature_c", "rain_mm")]


def main():
    years = np.stack([year(path) for path in sorted(DATA.glob("fields/*.nc"))])
    climatology = years.mean(axis=0)
    told = [[(it - climatology).ravel(), *[it[months].mean(axis=0).ravel() for months in SEASONS]] for it in years]
    reference = {
        "source": f"tests/reference/data_files.py: NumPy {np.__version__}, SciPy {scipy.__version__}",
        "csv": [station(path) for path in sorted(DATA.glob("stations/*.csv"))],
        "climatology": climatology.ravel().tolist(),
        "netcdf": [np.concatenate(it).tolist() for it in told[:YEARS_KEPT]],
        "json": [answer(path) for path in sorted(DATA.glob("answers/*.json"))],
    }
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in reference.items())
    (HERE / "data_files_numpy.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
