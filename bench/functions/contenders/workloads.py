"""What the contenders call. Imported by their processes, or sent to them by value."""

import time


def increment(number):
    return number + 1


def megabyte(number):
    return bytes([number % 256]) * 1_000_000


def length(data):
    return len(data)


def total(lengths):
    return sum(lengths)


def sleep(seconds):
    time.sleep(seconds)


def mean_by_numpy(number):
    import numpy
    import pandas

    return float(pandas.Series(numpy.arange(number + 1)).mean())


def mean_by_statistics(number):
    import statistics

    return statistics.fmean(range(number + 1))
