"""Runs the function of a PythonTask in its sandbox: python run_task.py TASK RESULT ERROR."""

import pickle
import sys
import traceback
import types
from typing import Any, Dict, NoReturn, Optional

_USES: Dict[str, str] = {}


def resolve(name: str) -> Any:
    """What stands at this place in the arguments: a value, or a path."""
    if _USES[name] == "path":
        return name
    with open(name, "rb") as stream:
        first = stream.read(1)
        stream.seek(0)
        if first == b"\x80":
            return pickle.load(stream)
        import json

        return json.load(stream)


def fail(path: str, message: str, error: Optional[BaseException] = None) -> NoReturn:
    exception = b""
    if error is not None:
        import cloudpickle

        try:
            exception = cloudpickle.dumps(error, 5)
            pickle.loads(exception)
        except Exception:
            exception = b""
        # The frames of this file tell nobody anything.
        text = "".join(
            traceback.format_exception(type(error), error, error.__traceback__ and error.__traceback__.tb_next)
        )
        sys.stderr.write(text)
    else:
        text = ""
        sys.stderr.write(message + "\n")
    with open(path, "wb") as stream:
        pickle.dump({"message": message, "traceback": text, "exception": exception}, stream, 4)
    sys.exit(1)


def main() -> None:
    task, result, error = sys.argv[1:4]
    module = types.ModuleType("taskvine_call")
    module.__dict__["resolve"] = resolve
    sys.modules["taskvine_call"] = module
    sys.path.insert(0, "")
    here = "%d.%d" % sys.version_info[:2]
    with open(task, "rb") as stream:
        facts = pickle.load(stream)
        _USES.update(facts["uses"])
        try:
            import cloudpickle
        except ImportError:
            fail(error, "the worker's Python (%s, %s) has no package cloudpickle" % (sys.executable, here))
        try:
            function, (args, kwargs) = pickle.load(stream), pickle.load(stream)
        except Exception as reason:
            versions = (
                "" if facts["python"] == here else "; it was pickled by Python %s, this is %s" % (facts["python"], here)
            )
            fail(error, "the function or its arguments cannot be unpickled: %r%s" % (reason, versions))
    try:
        value = function(*args, **kwargs)
    except BaseException as reason:
        fail(error, "%s: %s" % (type(reason).__name__, reason), reason)
    try:
        data = cloudpickle.dumps(value, 5)
    except Exception as reason:
        fail(error, "what the function returned cannot be pickled: %r" % (reason,))
    with open(result, "wb") as stream:
        stream.write(data)


if __name__ == "__main__":
    main()
