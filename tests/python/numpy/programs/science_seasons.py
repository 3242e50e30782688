# checks: days grouped by month and season, anomalies, normalization
import numpy as np

days = np.arange(365)
lengths = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
month = np.repeat(np.arange(12), lengths)
temperature = 10 - 8 * ((days % 73) / 73) + np.random.RandomState(0).randint(-3, 4, 365)
means = np.array([temperature[month == m].mean() for m in range(12)])
by_count = np.bincount(month, weights=temperature) / lengths
print(np.allclose(means, by_count), means.round(3))
season = (month + 1) % 12 // 3
for number, name in enumerate(("winter", "spring", "summer", "autumn")):
    part = temperature[season == number]
    print(name, part.size, round(float(part.mean()), 6), round(float(part.std(ddof=1)), 6), part.argmax())
normal = (temperature - temperature.mean()) / temperature.std()
print(abs(normal.mean()) < 1e-12, round(float(normal.std()), 9), np.percentile(temperature, [10, 90]).round(6))
