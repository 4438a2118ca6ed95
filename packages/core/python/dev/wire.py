"""Makes src/taskvine/_wire/ from ../proto/*.proto. `--check`: exits with 1 when what is committed is not fresh.

What protoc writes for Python checks that the runtime is at least as new as itself; all that it needs is the description
of the messages, so that is what is kept here: it runs with protobuf 4.21 (Debian 12) as well as with the newest.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import grpc_tools
from google.protobuf import descriptor_pb2
from grpc_tools import protoc

HERE = Path(__file__).resolve().parent
PROTOS = HERE.parent.parent / "proto"
TARGET = HERE.parent / "src" / "taskvine" / "_wire"
NAMES = ("gateway", "handshake")
# In the name space of a whole process: nobody else's files are called this.
FOLDER = "taskvine/_wire"

HEADER = "# mypy: disable-error-code=type-arg\n"

MODULE = '''"""Made by dev/wire.py from packages/core/proto/{name}.proto. Do not edit."""

from google.protobuf import descriptor_pool as _pool
from google.protobuf.internal import builder as _builder

DESCRIPTOR = _pool.Default().AddSerializedFile(
{description}
)
_builder.BuildMessageAndEnumDescriptors(DESCRIPTOR, globals())
_builder.BuildTopDescriptorsAndMessages(DESCRIPTOR, __name__, globals())
'''


def chunks(data: bytes, size: int = 70) -> str:
    return "\n".join(f"    {data[at : at + size]!r}" for at in range(0, len(data), size))


def generate() -> dict[str, str]:
    made: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / FOLDER).mkdir(parents=True)
        for name in NAMES:
            (root / FOLDER / f"{name}.proto").write_bytes((PROTOS / f"{name}.proto").read_bytes())
            described = root / f"{name}.set"
            include = Path(grpc_tools.__file__).parent / "_proto"
            code = protoc.main(
                [
                    "protoc",
                    f"-I{root}",
                    f"-I{include}",
                    f"--pyi_out={root}",
                    f"--descriptor_set_out={described}",
                    f"{FOLDER}/{name}.proto",
                ]
            )
            if code != 0:
                raise SystemExit(code)
            files = descriptor_pb2.FileDescriptorSet.FromString(described.read_bytes()).file
            for file in files:
                file.ClearField("source_code_info")
                for message in file.message_type:
                    _forget_json_names(message)
            description = chunks(files[0].SerializeToString(deterministic=True))
            made[f"{name}_pb2.py"] = MODULE.format(name=name, description=description)
            made[f"{name}_pb2.pyi"] = HEADER + (root / FOLDER / f"{name}_pb2.pyi").read_text()
    return made


def _forget_json_names(message: descriptor_pb2.DescriptorProto) -> None:
    for field in message.field:
        field.ClearField("json_name")
    for inner in message.nested_type:
        _forget_json_names(inner)


def main() -> int:
    made = generate()
    if "--check" not in sys.argv:
        for name, text in made.items():
            (TARGET / name).write_text(text)
        return 0
    stale = [name for name, text in made.items() if not _is_fresh(TARGET / name, text)]
    for name in stale:
        print(f"packages/core/python/src/taskvine/_wire/{name} is not fresh: run `npm run gen:python`")
    return 1 if stale else 0


def _is_fresh(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


if __name__ == "__main__":
    sys.exit(main())
