"""The locale "C": there is no other one in a browser tab, whatever its language."""

import functools

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    """A locale that is not here."""


def setlocale(category, locale=None):
    """Keeps the locale "C"."""
    if locale not in (None, "", "C", "POSIX"):
        raise Error("unsupported locale setting")
    return "C"


def getlocale(category=LC_CTYPE):
    return None, None


getdefaultlocale = getlocale


def getpreferredencoding(do_setlocale=True):
    return "utf-8"


def getencoding():
    return "utf-8"


def localeconv():
    """How numbers are written: plainly."""
    texts = dict.fromkeys(("currency_symbol", "int_curr_symbol", "mon_decimal_point", "mon_thousands_sep",
                           "negative_sign", "positive_sign", "thousands_sep"), "")
    numbers = dict.fromkeys(("frac_digits", "int_frac_digits", "n_cs_precedes", "n_sep_by_space", "n_sign_posn",
                             "p_cs_precedes", "p_sep_by_space", "p_sign_posn"), CHAR_MAX)
    return {**texts, **numbers, "decimal_point": ".", "grouping": [], "mon_grouping": []}


def format_string(f, val, grouping=False, monetary=False):
    return f % val


def str(val):
    return f"{val:.12g}"


def atof(string, func=float):
    return func(string)


def atoi(string):
    return int(string)


def strcoll(a, b):
    return (a > b) - (a < b)


def strxfrm(string):
    return string


def normalize(localename):
    return localename


cmp_to_key = functools.cmp_to_key
