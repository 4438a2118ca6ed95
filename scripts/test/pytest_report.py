"""Plugin of pytest: one JSON line per event into the file named by TASKVINE_TEST_REPORT (see reporter.cjs)."""

import json
import os


def _write(record):
    with open(os.environ["TASKVINE_TEST_REPORT"], "a", encoding="utf-8") as report:
        report.write(json.dumps(record) + "\n")


def _title(nodeid):
    """tests/test_wait.py::test_a_claim_that_holds → a claim that holds"""
    name = nodeid.split("::", 1)[-1].replace("::", " ")
    return name.removeprefix("test_").replace("_", " ")


def pytest_runtest_logstart(nodeid, location):
    _write({"type": "start", "title": _title(nodeid)})


def pytest_runtest_logreport(report):
    title = _title(report.nodeid)
    if report.failed:
        message = str(report.longreprtext).strip().split("\n")[-1]
        error = {"message": message, "stack": report.longreprtext}
        where = "" if report.when == "call" else f" ({report.when})"
        _write({"type": "failed", "title": title + where, "file": report.nodeid, "error": error})
    elif report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _write({"type": "skipped", "title": f"{title} [{reason}]"})
    elif report.when == "call":
        _write({"type": "passed", "title": title, "ms": report.duration * 1000})


def pytest_collectreport(report):
    if report.failed:
        error = {"message": "the file cannot be loaded", "stack": str(report.longreprtext)}
        _write({"type": "failed", "title": report.nodeid, "file": report.nodeid, "error": error})


def pytest_sessionfinish(session, exitstatus):
    _write({"type": "end"})
