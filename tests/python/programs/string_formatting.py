# checks: f-strings, format, %, alignment, numbers
x, name = 3.14159265, "Lorenz"
print(f"{x:.2f} {x:10.3f}| {x:<10.1e}| {x:+} {1234567:,} {1234567:_} {0.256:.1%} {255:#x} {5:03d}")
print(f"{name!r:>12} {name:^10} {name:*<9} {name[:3]} {len(name)=} {x=:.3f}")
print("{} {1} {key}".replace("{} ", "{0} ").format("a", "b", key="c"), "%s %5.1f %d %%" % ("s", 2.25, 7))
print(f"{'nested ' + f'{x:.{2}f}'}", f"{{}}", "a,b,,c".split(","), " pad ".strip(), "abc".center(9, "-"))
print("|".join(["x", "y"]), "Title case".title(), "aXbX".replace("X", "-"), "abc"[::-1], "a\tb".expandtabs(4))
print(format(1e10, "g"), format(0.00001234, "g"), format(123.456, ".4g"), str(1e100), repr(0.1), f"{1e300:.3e}")
