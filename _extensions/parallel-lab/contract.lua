-- What the shortcode knows of the labs. Made from their declarations by `cargo test`: don't edit.

return {
  usual = "race",
  flags = { "autorun", "question", "present" },
  labs = {
    {
      name = "contents",
      title = "Parallel Lab: its contents",
      needs_python = false,
      settings = {
        { name = "theme", kind = "choice", words = { "auto", "light", "dark" }, allowed = "auto, light or dark" },
      },
    },
    {
      name = "race",
      title = "Parallel Lab: four ways of running an ensemble, raced in this browser",
      needs_python = false,
      settings = {
        { name = "members", kind = "whole", least = 1, most = 1000000, allowed = "a whole number from 1 to 1000000" },
        { name = "steps", kind = "whole", least = 1, most = 100000, allowed = "a whole number from 1 to 100000" },
        { name = "dt", kind = "real", least = 0.000001, most = 0.1, allowed = "a number from 0.000001 to 0.1" },
        { name = "sigma", kind = "real", least = -1000, most = 1000, allowed = "a number from -1000 to 1000" },
        { name = "rho", kind = "real", least = -1000, most = 1000, allowed = "a number from -1000 to 1000" },
        { name = "beta", kind = "quotient", least = -1000, most = 1000, allowed = "a number from -1000 to 1000, or a fraction such as 8/3" },
        { name = "seed", kind = "whole", least = 0, most = 4294967295, allowed = "a whole number from 0 to 4294967295" },
        { name = "workers", kind = "whole", least = 1, most = 64, allowed = "a whole number from 1 to 64" },
        { name = "executors", kind = "subset", words = { "serial", "vectorized", "process", "thread" }, allowed = "any of serial, vectorized, process, thread, with commas between" },
        { name = "kernel", kind = "choice", words = { "scalar", "simd" }, allowed = "scalar or simd" },
        { name = "chunk", kind = "auto_or_whole", least = 1, most = 1000000, allowed = "auto, or a whole number from 1 to what members has" },
        { name = "pool", kind = "choice", words = { "cold", "warm" }, allowed = "cold or warm" },
        { name = "start", kind = "choice", words = { "reuse", "spawn" }, allowed = "reuse or spawn" },
        { name = "gather", kind = "choice", words = { "transfer", "copy" }, allowed = "transfer or copy" },
        { name = "repeats", kind = "whole", least = 1, most = 50, allowed = "a whole number from 1 to 50" },
        { name = "theme", kind = "choice", words = { "auto", "light", "dark" }, allowed = "auto, light or dark" },
      },
    },
    {
      name = "cores",
      title = "Parallel Lab: how many cores there are to work with, measured in this browser",
      needs_python = false,
      settings = {
        { name = "workers", kind = "whole", least = 1, most = 64, allowed = "a whole number from 1 to 64" },
        { name = "inner", kind = "whole", least = 1, most = 8, allowed = "a whole number from 1 to 8" },
        { name = "repeats", kind = "whole", least = 1, most = 50, allowed = "a whole number from 1 to 50" },
        { name = "theme", kind = "choice", words = { "auto", "light", "dark" }, allowed = "auto, light or dark" },
      },
    },
    {
      name = "guard",
      title = "Parallel Lab: a Python script without its guard, run in this browser",
      needs_python = true,
      settings = {
        { name = "theme", kind = "choice", words = { "auto", "light", "dark" }, allowed = "auto, light or dark" },
        { name = "program", kind = "choice", words = { "unguarded-executor", "unguarded-pool", "lambda-argument", "local-function", "open-file", "notebook-cell", "guarded-executor" }, allowed = "unguarded-executor, unguarded-pool, lambda-argument, local-function, open-file, notebook-cell or guarded-executor" },
        { name = "workers", kind = "whole", least = 1, most = 64, allowed = "a whole number from 1 to 64" },
        { name = "code", kind = "text", most_chars = 20000, allowed = "a Python script in UTF-8 of at most 20000 characters" },
        { name = "gil", kind = "choice", words = { "on", "off" }, allowed = "on or off" },
        { name = "switch", kind = "real", least = 0.01, most = 1000, allowed = "a number of milliseconds from 0.01 to 1000" },
      },
    },
    {
      name = "python",
      title = "Parallel Lab: Python with processes and threads, run in this browser",
      needs_python = true,
      settings = {
        { name = "theme", kind = "choice", words = { "auto", "light", "dark" }, allowed = "auto, light or dark" },
        { name = "program", kind = "choice", words = { "serial-loop", "process-pool", "thread-pool", "pool-map", "as-completed", "no-guard", "shared-counter" }, allowed = "serial-loop, process-pool, thread-pool, pool-map, as-completed, no-guard or shared-counter" },
        { name = "workers", kind = "whole", least = 1, most = 64, allowed = "a whole number from 1 to 64" },
        { name = "code", kind = "text", most_chars = 20000, allowed = "a Python script in UTF-8 of at most 20000 characters" },
        { name = "gil", kind = "choice", words = { "on", "off" }, allowed = "on or off" },
        { name = "switch", kind = "real", least = 0.01, most = 1000, allowed = "a number of milliseconds from 0.01 to 1000" },
      },
    },
  },
}
