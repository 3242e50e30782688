"""How what goes to another process is pickled."""

import copyreg
import pickle

register = copyreg.pickle
dump = pickle.dump


class ForkingPickler(pickle.Pickler):
    """CPython's name for it; what is registered here is known to all pickling."""

    register = staticmethod(copyreg.pickle)
    dumps = staticmethod(pickle.dumps)
    loads = staticmethod(pickle.loads)
