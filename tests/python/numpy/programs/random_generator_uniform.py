# checks: default_rng's uniform numbers, to the bit
import numpy as np

rng = np.random.default_rng(42)
print(
    [x.hex() for x in rng.random(3).tolist()],
    rng.random(),
    rng.random((2, 2)),
    rng.uniform(-1, 1, 3),
    rng.uniform([0, 10], [1, 20]),
)
print(rng.random(3, dtype=np.float32), rng.random(2, dtype="f4").dtype, rng.random(out=np.zeros(2)), rng.bytes(4).hex())
print(rng, rng.bit_generator.state["state"]["state"], rng.bit_generator.state["has_uint32"])
for wrong in (
    lambda: rng.random(-1),
    lambda: rng.random(3, dtype=int),
    lambda: rng.uniform(0, np.nan),
    lambda: rng.rand(3),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, str(error).splitlines()[0])
