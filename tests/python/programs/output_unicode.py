# checks: output of characters of many scripts, of several values, to stderr
import sys

print("Grüße, Ελλάδα, Россия, 日本, עברית, 🌪️ ∂x/∂t = σ(y − x)")
print(1, "two", 3.0, None, [4], sep=" | ", end=" .\n")
print("to stderr", file=sys.stderr)
sys.stdout.write("written\n")
print(repr("ä\n\t\\\x00"), ascii("ä€🌪"), "naïve".encode("utf-8"), len("🌪"))
print("ß".upper(), "ǅ".lower(), "İ".lower().encode(), "straße".casefold(), "é" == "e\u0301")
