# checks: arguments that NumPy refuses
import numpy as np

a = np.arange(3)
full = (1,) * 64


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: np.sum(np.eye(2), axis=[0, 1]))
show(lambda: np.sum([1, 2], [3, 4]))
show(lambda: np.sum(np.eye(2), axis=np.array([0])))
show(lambda: np.sum(np.eye(2), axis=np.array(0)))
show(lambda: np.max(np.eye(2), axis=1.0))
show(lambda: np.squeeze(np.eye(1), axis=[0]))
show(lambda: a.reshape(3, foo=1))
show(lambda: a.reshape())
show(lambda: np.sin(a, dtype=int))
show(lambda: np.add([1], [2], dtype=int))
show(lambda: np.zeros((1,) * 65))
show(lambda: np.zeros(1).reshape((1,) * 65))
show(lambda: np.zeros(full)[None])
show(lambda: np.broadcast_to(1, (1,) * 65))
show(lambda: np.array(1, ndmin=65))
show(lambda: np.multiply.outer(np.zeros((1,) * 40), np.zeros((1,) * 40)))
out = np.zeros((2, 2))
show(lambda: np.dot(np.eye(2), np.eye(2), out=out) is out)
show(lambda: np.dot(a=np.eye(2), b=out).tolist())
show(lambda: np.eye(2).dot(b=np.eye(2)).tolist())
show(lambda: np.linalg.multi_dot([np.eye(2), np.eye(2)], out=out) is out)
show(lambda: np.dot(np.eye(2), np.eye(2), out=np.zeros((3, 2))))
show(lambda: np.dot(np.eye(2), np.eye(2), out=np.zeros((2, 2), int)))
