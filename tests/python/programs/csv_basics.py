# Comma-separated values: reading and writing, lists and dicts, quotes and lines in fields.
import csv
import io

TEXT = 'name,value,note\r\n"Smith, J.",1.5,"said ""no"""\r\n\r\nplain,2,"two\nlines"\r\nlast,3,\r\n'

for row in csv.reader(io.StringIO(TEXT, newline="")):
    print(row)

table = csv.DictReader(io.StringIO(TEXT, newline=""))
for row in table:
    print(row, table.line_num)
print(table.fieldnames)

for row in csv.reader(["a;b;'c;d'", "1;2;3"], delimiter=";", quotechar="'"):
    print(row)
for row in csv.DictReader(["1,2,3,4", "5"], fieldnames=["x", "y"], restkey="more", restval="none"):
    print(row)

out = io.StringIO(newline="")
writer = csv.writer(out)
writer.writerow(["plain", 1, 2.5, None, "a,b", 'say "x"', "two\nlines"])
writer.writerows([[""], ["", ""], [True, False]])
csv.writer(out, quoting=csv.QUOTE_ALL).writerow(["a", 1])
csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerow(["a", 1])
csv.writer(out, delimiter="\t").writerow(["a", "b c", "d\te"])
print(repr(out.getvalue()))

out = io.StringIO(newline="")
writer = csv.DictWriter(out, ["x", "y"], restval="-")
writer.writeheader()
writer.writerow({"x": 1})
try:
    writer.writerow({"x": 1, "z": 2})
except ValueError as error:
    print(error)
print(repr(out.getvalue()))
try:
    list(csv.reader([b"bytes"]))
except csv.Error as error:
    print("Error:", str(error).split(",")[0])
