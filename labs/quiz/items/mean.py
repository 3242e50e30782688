"""How many chunks are held at once: for a mean, and for x - mean(x)."""

try:
    from lab import tell  # the page hears the figures
except ImportError:  # anywhere else
    tell = print

CHUNKS = 20  #@param {type: "integer", min: 1, max: 1000}
held = most = 0


class Chunk:
    """A megabyte of the array, were it real; counted while it is held."""

    def __init__(self, number):
        global held, most
        self.value = float(number)
        held += 1
        most = max(most, held)

    def __del__(self):
        global held
        held -= 1


def mean(chunks):
    return sum(chunk.value for chunk in chunks) / CHUNKS


def read():
    """Each chunk is read once, when it is asked for."""
    return (Chunk(number) for number in range(CHUNKS))


print(mean(read()))
tell("mean_peak", most)

most = 0
chunks = list(read())  # the mean needs all, the difference each again
middle = mean(chunks)
print(max(chunks.pop().value - middle for _ in range(CHUNKS)))
tell("difference_peak", most)
