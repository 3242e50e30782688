"""No colours: what is printed goes to a page, not to a terminal."""


class _Plain:
    """Any section of any theme, any colour of any section: no escape codes."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _plain

    def __str__(self):
        return ""

    __repr__ = __str__

    def __format__(self, spec):
        return ""

    def __add__(self, other):
        return other

    __radd__ = __add__


_plain = _Plain()
ANSIColors = NoColors = _plain


def can_colorize(*, file=None):
    return False


def get_colors(colorize=False, *, file=None):
    return _plain


def get_theme(*, tty_file=None, force_color=False, force_no_color=False):
    return _plain


def decolor(text):
    return text
