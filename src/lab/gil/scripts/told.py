
try:
    from lab import tell  # the page hears what was measured
except ImportError:  # anywhere else
    tell = print

