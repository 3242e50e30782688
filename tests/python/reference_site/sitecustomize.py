"""Lets every reference run use "spawn", the start method that the browser has, whatever this system's default is."""

from multiprocessing import context

context._default_context._default_context = context._concrete_contexts["spawn"]
