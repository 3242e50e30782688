# checks: which operations give views, as np.shares_memory and base tell
import numpy as np

a = np.arange(12.0)
m = a.reshape(3, 4)
made = {
    "slice": a[2:5],
    "step": a[::3],
    "reversed": a[::-1],
    "reshape": m,
    "transpose": m.T,
    "ravel": m.ravel(),
    "ravel of transpose": m.T.ravel(),
    "flatten": m.flatten(),
    "newaxis": a[:, np.newaxis],
    "copy": a.copy(),
    "integer list": a[[0, 1]],
    "mask": a[a > 3],
    "asarray": np.asarray(a),
    "array": np.array(a),
    "astype": a.astype(np.float64),
    "astype without copy": a.astype(np.float64, copy=False),
    "squeeze": m[:1].squeeze(),
    "sum": m.sum(axis=0),
    "plus zero": a + 0,
    "diagonal": m.diagonal(),
    "real": a.real,
    "broadcast_to": np.broadcast_to(a, (2, 12)),
    "swapaxes": m.swapaxes(0, 1),
    "expand_dims": np.expand_dims(a, 0),
}
for name, b in made.items():
    print(f"{name}: {np.shares_memory(a, b)} {b.base is a} {b.flags.owndata}")
print(np.shares_memory(a[::2], a[1::2]), np.may_share_memory(a[:3], a[3:]))
