# checks: distances of all pairs by broadcasting
import numpy as np

points = np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0], [0.0, 1.0]])
difference = points[:, None, :] - points[None, :, :]
distance = np.sqrt((difference**2).sum(axis=-1))
print(difference.shape, distance)
np.fill_diagonal(distance, np.inf)
nearest = distance.argmin(axis=1)
print(nearest, distance.min(axis=1), points[nearest].mean(axis=0))
