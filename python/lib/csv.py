"""Comma-separated values, as far as the csv module is mostly used: readers and writers, of lists and of dicts."""

__all__ = [
    "QUOTE_ALL", "QUOTE_MINIMAL", "QUOTE_NONE", "QUOTE_NONNUMERIC",
    "DictReader", "DictWriter", "Error", "reader", "writer",
]

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    """What is no CSV."""


def _is_excel(dialect):
    if dialect != "excel":
        raise Error(f"unknown dialect: {dialect!r}; here there is only 'excel', and delimiter and quotechar")


class reader:
    """The rows of lines: lists of texts."""

    def __init__(self, csvfile, dialect="excel", *, delimiter=",", quotechar='"'):
        _is_excel(dialect)
        self._lines = iter(csvfile)
        self._delimiter, self._quote = delimiter, quotechar
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = self._line()
        if self._quote is None or self._quote not in line:
            line = line.rstrip("\r\n")
            return line.split(self._delimiter) if line else []
        return self._quoted(line)

    def _line(self):
        line = next(self._lines)
        if not isinstance(line, str):
            raise Error(f"iterator should return strings, not {type(line).__name__} "
                        "(the file should be opened in text mode)")
        self.line_num += 1
        return line

    def _quoted(self, line):
        """A row with quotes, which may go on in the next line."""
        row, field, is_open, place = [], [], False, 0
        while True:
            if place == len(line):
                if not is_open:
                    break
                line, place = next(self._lines, None), 0
                if line is None:
                    break
                self.line_num += 1
                continue
            character = line[place]
            place += 1
            if is_open:
                if character != self._quote:
                    field.append(character)
                elif line[place:place + 1] == self._quote:
                    field.append(character)
                    place += 1
                else:
                    is_open = False
            elif character == self._quote and not field:
                is_open = True
            elif character == self._delimiter:
                row.append("".join(field))
                field = []
            elif character not in "\r\n":
                field.append(character)
        return [*row, "".join(field)]


class DictReader:
    """The rows as dicts, by the names in the first one or by `fieldnames`."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **options):
        self.reader = reader(f, dialect, *args, **options)
        self._fieldnames = None if fieldnames is None else list(fieldnames)
        self.restkey, self.restval = restkey, restval

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        named = dict(zip(names, row))
        if len(row) > len(names):
            named[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            named[name] = self.restval
        return named


class writer:
    """Writes rows to whatever has `write`."""

    def __init__(self, csvfile, dialect="excel", *, delimiter=",", quotechar='"', lineterminator="\r\n",
                 quoting=QUOTE_MINIMAL):
        _is_excel(dialect)
        self._write = csvfile.write
        self._delimiter, self._quote, self._end, self._quoting = delimiter, quotechar, lineterminator, quoting

    def writerow(self, row):
        fields = [self._field(value) for value in row]
        if fields == [""]:
            fields = [self._quote * 2]
        return self._write(self._delimiter.join(fields) + self._end)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _field(self, value):
        text = "" if value is None else str(value)
        is_number = isinstance(value, (int, float))
        needs = any(character in text for character in (self._delimiter, self._quote, "\r", "\n"))
        if self._quoting == QUOTE_NONE:
            if needs:
                raise Error("need to escape, but no escapechar set")
            return text
        if needs or self._quoting == QUOTE_ALL or (self._quoting == QUOTE_NONNUMERIC and not is_number):
            return f"{self._quote}{text.replace(self._quote, self._quote * 2)}{self._quote}"
        return text


class DictWriter:
    """Writes dicts, in the order of `fieldnames`."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **options):
        self.fieldnames, self.restval, self.extrasaction = list(fieldnames), restval, extrasaction
        self.writer = writer(f, dialect, *args, **options)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def writerow(self, row):
        if self.extrasaction == "raise":
            wrong = [name for name in row if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(map(repr, wrong)))
        return self.writer.writerow([row.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
