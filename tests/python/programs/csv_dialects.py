# Dialects, guesses, and fields that are numbers.
import csv
import io

csv.register_dialect("pipes", delimiter="|", quoting=csv.QUOTE_NONNUMERIC, skipinitialspace=True)
print(sorted(csv.list_dialects()))
print(list(csv.reader(['"a"| 1|2.5'], "pipes")), csv.get_dialect("pipes").delimiter)
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter, csv.Sniffer().has_header("name,age\nada,36\nlin,40\n"))
out = io.StringIO(newline="")
csv.writer(out, escapechar="\\", quoting=csv.QUOTE_NONE, lineterminator="\n").writerow(["a,b", 'say "x"'])
csv.writer(out, dialect="excel-tab").writerow([1, None])
print(repr(out.getvalue()))
for wrong in (lambda: csv.reader([], "nope"), lambda: csv.reader([], delimiter=""), lambda: list(csv.reader(['"a'], strict=True))):
    try:
        wrong()
    except (csv.Error, TypeError) as error:
        print(type(error).__name__)
