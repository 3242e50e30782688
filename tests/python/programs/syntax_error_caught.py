# checks: SyntaxError by compile(), with line number; eval and exec
try:
    compile("x = 1\ny = = 2\n", "script", "exec")
except SyntaxError as error:
    print(type(error).__name__, error.lineno, error.filename)
names = {}
exec("a = 3\nb = a * 2", names)
print(eval("a + b", names))
