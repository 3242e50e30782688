"""How what goes to another process is pickled."""

import copyreg
import pickle

# There are no descriptors, nor anything else that one process could hand to another.
HAVE_SEND_HANDLE = False

register = copyreg.pickle
dump = pickle.dump


class ForkingPickler(pickle.Pickler):
    """CPython's name for it; what is registered here is known to all pickling."""

    register = staticmethod(copyreg.pickle)
    dumps = staticmethod(pickle.dumps)
    loads = staticmethod(pickle.loads)
