# ignore-stderr: it says how long the tests took
# Tests within a script.
import doctest
import io
import unittest


def double(x):
    """Twice as much.

    >>> double(2)
    4
    >>> double("a")
    'ab'
    """
    return x * 2


class Doubles(unittest.TestCase):
    def test_right(self):
        self.assertEqual(double(2), 4)

    def test_wrong(self):
        self.assertEqual([1, 2, 3], [1, 2, 4])

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "literal"):
            int("x")

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    def test_parts(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertLess(i, 2)

    def test_logs(self):
        import logging

        with self.assertLogs("lab", "INFO") as logs:
            logging.getLogger("lab").info("hello")
        self.assertEqual(logs.output, ["INFO:lab:hello"])


if __name__ == "__main__":
    stream = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Doubles)
    result = unittest.TextTestRunner(stream=stream, verbosity=2).run(suite)
    print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped))
    for line in stream.getvalue().splitlines():
        if " ... " in line or line.startswith(("FAIL", "AssertionError", "First diff")):
            print(line)
    finder = doctest.DocTestFinder()
    runner = doctest.DocTestRunner(verbose=False)
    for test in finder.find(double, "double", globs=globals()):
        print(runner.run(test, out=lambda text: None))
