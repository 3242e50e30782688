# checks: a SyntaxError is told with its line, before anything runs
print("never printed")
if True
    print("also never")
