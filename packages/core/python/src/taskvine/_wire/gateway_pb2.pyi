# mypy: disable-error-code=type-arg
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Lifetime(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIFETIME_UNSPECIFIED: _ClassVar[Lifetime]
    LIFETIME_TASK: _ClassVar[Lifetime]
    LIFETIME_WORKFLOW: _ClassVar[Lifetime]
    LIFETIME_WORKER: _ClassVar[Lifetime]
    LIFETIME_FOREVER: _ClassVar[Lifetime]

class OutputCondition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OUTPUT_CONDITION_UNSPECIFIED: _ClassVar[OutputCondition]
    OUTPUT_CONDITION_SUCCESS: _ClassVar[OutputCondition]
    OUTPUT_CONDITION_FAILURE: _ClassVar[OutputCondition]
    OUTPUT_CONDITION_ALWAYS: _ClassVar[OutputCondition]

class MountUse(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MOUNT_USE_SANDBOX: _ClassVar[MountUse]
    MOUNT_USE_VALUE: _ClassVar[MountUse]
    MOUNT_USE_PATH: _ClassVar[MountUse]
    MOUNT_USE_FUNCTION: _ClassVar[MountUse]

class Encoding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENCODING_UNSPECIFIED: _ClassVar[Encoding]
    ENCODING_JSON: _ClassVar[Encoding]
    ENCODING_PICKLE: _ClassVar[Encoding]
    ENCODING_V8: _ClassVar[Encoding]
LIFETIME_UNSPECIFIED: Lifetime
LIFETIME_TASK: Lifetime
LIFETIME_WORKFLOW: Lifetime
LIFETIME_WORKER: Lifetime
LIFETIME_FOREVER: Lifetime
OUTPUT_CONDITION_UNSPECIFIED: OutputCondition
OUTPUT_CONDITION_SUCCESS: OutputCondition
OUTPUT_CONDITION_FAILURE: OutputCondition
OUTPUT_CONDITION_ALWAYS: OutputCondition
MOUNT_USE_SANDBOX: MountUse
MOUNT_USE_VALUE: MountUse
MOUNT_USE_PATH: MountUse
MOUNT_USE_FUNCTION: MountUse
ENCODING_UNSPECIFIED: Encoding
ENCODING_JSON: Encoding
ENCODING_PICKLE: Encoding
ENCODING_V8: Encoding

class EnvVar(_message.Message):
    __slots__ = ("name", "value")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: str
    def __init__(self, name: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...

class Resources(_message.Message):
    __slots__ = ("cores", "memory", "disk", "gpus")
    CORES_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    DISK_FIELD_NUMBER: _ClassVar[int]
    GPUS_FIELD_NUMBER: _ClassVar[int]
    cores: float
    memory: int
    disk: int
    gpus: int
    def __init__(self, cores: _Optional[float] = ..., memory: _Optional[int] = ..., disk: _Optional[int] = ..., gpus: _Optional[int] = ...) -> None: ...

class Mount(_message.Message):
    __slots__ = ("file", "name", "use", "when", "watch")
    FILE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    USE_FIELD_NUMBER: _ClassVar[int]
    WHEN_FIELD_NUMBER: _ClassVar[int]
    WATCH_FIELD_NUMBER: _ClassVar[int]
    file: int
    name: str
    use: MountUse
    when: OutputCondition
    watch: bool
    def __init__(self, file: _Optional[int] = ..., name: _Optional[str] = ..., use: _Optional[_Union[MountUse, str]] = ..., when: _Optional[_Union[OutputCondition, str]] = ..., watch: _Optional[bool] = ...) -> None: ...

class MiniTask(_message.Message):
    __slots__ = ("command", "inputs", "env", "output")
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    ENV_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    command: str
    inputs: _containers.RepeatedCompositeFieldContainer[Mount]
    env: _containers.RepeatedCompositeFieldContainer[EnvVar]
    output: str
    def __init__(self, command: _Optional[str] = ..., inputs: _Optional[_Iterable[_Union[Mount, _Mapping]]] = ..., env: _Optional[_Iterable[_Union[EnvVar, _Mapping]]] = ..., output: _Optional[str] = ...) -> None: ...

class Unpack(_message.Message):
    __slots__ = ("archive", "format")
    ARCHIVE_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    archive: int
    format: str
    def __init__(self, archive: _Optional[int] = ..., format: _Optional[str] = ...) -> None: ...

class Declare(_message.Message):
    __slots__ = ("file", "path", "buffer", "url", "temp", "mini_task", "unpack", "lifetime", "peer_transfer", "unlink_when_done", "executable", "label")
    FILE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    BUFFER_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    TEMP_FIELD_NUMBER: _ClassVar[int]
    MINI_TASK_FIELD_NUMBER: _ClassVar[int]
    UNPACK_FIELD_NUMBER: _ClassVar[int]
    LIFETIME_FIELD_NUMBER: _ClassVar[int]
    PEER_TRANSFER_FIELD_NUMBER: _ClassVar[int]
    UNLINK_WHEN_DONE_FIELD_NUMBER: _ClassVar[int]
    EXECUTABLE_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    file: int
    path: str
    buffer: bytes
    url: str
    temp: bool
    mini_task: MiniTask
    unpack: Unpack
    lifetime: Lifetime
    peer_transfer: bool
    unlink_when_done: bool
    executable: bool
    label: str
    def __init__(self, file: _Optional[int] = ..., path: _Optional[str] = ..., buffer: _Optional[bytes] = ..., url: _Optional[str] = ..., temp: _Optional[bool] = ..., mini_task: _Optional[_Union[MiniTask, _Mapping]] = ..., unpack: _Optional[_Union[Unpack, _Mapping]] = ..., lifetime: _Optional[_Union[Lifetime, str]] = ..., peer_transfer: _Optional[bool] = ..., unlink_when_done: _Optional[bool] = ..., executable: _Optional[bool] = ..., label: _Optional[str] = ...) -> None: ...

class Library(_message.Message):
    __slots__ = ("library", "name", "command", "inputs", "env", "resources", "features", "slots", "functions", "max_instances", "start_tries", "start_within_ms")
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    ENV_FIELD_NUMBER: _ClassVar[int]
    RESOURCES_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    SLOTS_FIELD_NUMBER: _ClassVar[int]
    FUNCTIONS_FIELD_NUMBER: _ClassVar[int]
    MAX_INSTANCES_FIELD_NUMBER: _ClassVar[int]
    START_TRIES_FIELD_NUMBER: _ClassVar[int]
    START_WITHIN_MS_FIELD_NUMBER: _ClassVar[int]
    library: int
    name: str
    command: str
    inputs: _containers.RepeatedCompositeFieldContainer[Mount]
    env: _containers.RepeatedCompositeFieldContainer[EnvVar]
    resources: Resources
    features: _containers.RepeatedScalarFieldContainer[str]
    slots: int
    functions: _containers.RepeatedScalarFieldContainer[str]
    max_instances: int
    start_tries: int
    start_within_ms: int
    def __init__(self, library: _Optional[int] = ..., name: _Optional[str] = ..., command: _Optional[str] = ..., inputs: _Optional[_Iterable[_Union[Mount, _Mapping]]] = ..., env: _Optional[_Iterable[_Union[EnvVar, _Mapping]]] = ..., resources: _Optional[_Union[Resources, _Mapping]] = ..., features: _Optional[_Iterable[str]] = ..., slots: _Optional[int] = ..., functions: _Optional[_Iterable[str]] = ..., max_instances: _Optional[int] = ..., start_tries: _Optional[int] = ..., start_within_ms: _Optional[int] = ...) -> None: ...

class RemoveLibrary(_message.Message):
    __slots__ = ("library",)
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    library: int
    def __init__(self, library: _Optional[int] = ...) -> None: ...

class CallPart(_message.Message):
    __slots__ = ("library", "function", "args", "encoding", "keep")
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FIELD_NUMBER: _ClassVar[int]
    ARGS_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    library: int
    function: str
    args: bytes
    encoding: Encoding
    keep: bool
    def __init__(self, library: _Optional[int] = ..., function: _Optional[str] = ..., args: _Optional[bytes] = ..., encoding: _Optional[_Union[Encoding, str]] = ..., keep: _Optional[bool] = ...) -> None: ...

class Submit(_message.Message):
    __slots__ = ("task", "command", "call", "inputs", "outputs", "env", "resources", "features", "tag", "category", "priority", "retries", "wall_time_ms", "end_by_ms", "start_after_ms", "policy")
    TASK_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    CALL_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    OUTPUTS_FIELD_NUMBER: _ClassVar[int]
    ENV_FIELD_NUMBER: _ClassVar[int]
    RESOURCES_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    RETRIES_FIELD_NUMBER: _ClassVar[int]
    WALL_TIME_MS_FIELD_NUMBER: _ClassVar[int]
    END_BY_MS_FIELD_NUMBER: _ClassVar[int]
    START_AFTER_MS_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    task: int
    command: str
    call: CallPart
    inputs: _containers.RepeatedCompositeFieldContainer[Mount]
    outputs: _containers.RepeatedCompositeFieldContainer[Mount]
    env: _containers.RepeatedCompositeFieldContainer[EnvVar]
    resources: Resources
    features: _containers.RepeatedScalarFieldContainer[str]
    tag: str
    category: str
    priority: float
    retries: int
    wall_time_ms: int
    end_by_ms: int
    start_after_ms: int
    policy: str
    def __init__(self, task: _Optional[int] = ..., command: _Optional[str] = ..., call: _Optional[_Union[CallPart, _Mapping]] = ..., inputs: _Optional[_Iterable[_Union[Mount, _Mapping]]] = ..., outputs: _Optional[_Iterable[_Union[Mount, _Mapping]]] = ..., env: _Optional[_Iterable[_Union[EnvVar, _Mapping]]] = ..., resources: _Optional[_Union[Resources, _Mapping]] = ..., features: _Optional[_Iterable[str]] = ..., tag: _Optional[str] = ..., category: _Optional[str] = ..., priority: _Optional[float] = ..., retries: _Optional[int] = ..., wall_time_ms: _Optional[int] = ..., end_by_ms: _Optional[int] = ..., start_after_ms: _Optional[int] = ..., policy: _Optional[str] = ...) -> None: ...

class Calls(_message.Message):
    __slots__ = ("library", "function", "function_file", "encoding", "first_task", "args", "tag", "category", "priority", "retries", "wall_time_ms", "memory", "value_files", "tags", "keep", "input_counts", "input_files", "input_uses", "kinds", "others")
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FILE_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    FIRST_TASK_FIELD_NUMBER: _ClassVar[int]
    ARGS_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    RETRIES_FIELD_NUMBER: _ClassVar[int]
    WALL_TIME_MS_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FILES_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    INPUT_COUNTS_FIELD_NUMBER: _ClassVar[int]
    INPUT_FILES_FIELD_NUMBER: _ClassVar[int]
    INPUT_USES_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    OTHERS_FIELD_NUMBER: _ClassVar[int]
    library: int
    function: str
    function_file: int
    encoding: Encoding
    first_task: int
    args: _containers.RepeatedScalarFieldContainer[bytes]
    tag: str
    category: str
    priority: float
    retries: int
    wall_time_ms: int
    memory: int
    value_files: _containers.RepeatedScalarFieldContainer[int]
    tags: _containers.RepeatedScalarFieldContainer[str]
    keep: bool
    input_counts: _containers.RepeatedScalarFieldContainer[int]
    input_files: _containers.RepeatedScalarFieldContainer[int]
    input_uses: _containers.RepeatedScalarFieldContainer[MountUse]
    kinds: _containers.RepeatedScalarFieldContainer[int]
    others: _containers.RepeatedCompositeFieldContainer[CallKind]
    def __init__(self, library: _Optional[int] = ..., function: _Optional[str] = ..., function_file: _Optional[int] = ..., encoding: _Optional[_Union[Encoding, str]] = ..., first_task: _Optional[int] = ..., args: _Optional[_Iterable[bytes]] = ..., tag: _Optional[str] = ..., category: _Optional[str] = ..., priority: _Optional[float] = ..., retries: _Optional[int] = ..., wall_time_ms: _Optional[int] = ..., memory: _Optional[int] = ..., value_files: _Optional[_Iterable[int]] = ..., tags: _Optional[_Iterable[str]] = ..., keep: _Optional[bool] = ..., input_counts: _Optional[_Iterable[int]] = ..., input_files: _Optional[_Iterable[int]] = ..., input_uses: _Optional[_Iterable[_Union[MountUse, str]]] = ..., kinds: _Optional[_Iterable[int]] = ..., others: _Optional[_Iterable[_Union[CallKind, _Mapping]]] = ...) -> None: ...

class CallKind(_message.Message):
    __slots__ = ("library", "function", "function_file", "encoding", "tag", "category", "priority", "retries", "wall_time_ms", "memory", "keep")
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FIELD_NUMBER: _ClassVar[int]
    FUNCTION_FILE_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    RETRIES_FIELD_NUMBER: _ClassVar[int]
    WALL_TIME_MS_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    KEEP_FIELD_NUMBER: _ClassVar[int]
    library: int
    function: str
    function_file: int
    encoding: Encoding
    tag: str
    category: str
    priority: float
    retries: int
    wall_time_ms: int
    memory: int
    keep: bool
    def __init__(self, library: _Optional[int] = ..., function: _Optional[str] = ..., function_file: _Optional[int] = ..., encoding: _Optional[_Union[Encoding, str]] = ..., tag: _Optional[str] = ..., category: _Optional[str] = ..., priority: _Optional[float] = ..., retries: _Optional[int] = ..., wall_time_ms: _Optional[int] = ..., memory: _Optional[int] = ..., keep: _Optional[bool] = ...) -> None: ...

class Cancel(_message.Message):
    __slots__ = ("tasks", "tag", "category", "all")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    ALL_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedScalarFieldContainer[int]
    tag: str
    category: str
    all: bool
    def __init__(self, tasks: _Optional[_Iterable[int]] = ..., tag: _Optional[str] = ..., category: _Optional[str] = ..., all: _Optional[bool] = ...) -> None: ...

class Prune(_message.Message):
    __slots__ = ("files",)
    FILES_FIELD_NUMBER: _ClassVar[int]
    files: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, files: _Optional[_Iterable[int]] = ...) -> None: ...

class Undeclare(_message.Message):
    __slots__ = ("files",)
    FILES_FIELD_NUMBER: _ClassVar[int]
    files: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, files: _Optional[_Iterable[int]] = ...) -> None: ...

class Fetch(_message.Message):
    __slots__ = ("request", "file", "path", "task")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    request: int
    file: int
    path: str
    task: int
    def __init__(self, request: _Optional[int] = ..., file: _Optional[int] = ..., path: _Optional[str] = ..., task: _Optional[int] = ...) -> None: ...

class Query(_message.Message):
    __slots__ = ("request", "what", "task", "file")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    request: int
    what: str
    task: int
    file: int
    def __init__(self, request: _Optional[int] = ..., what: _Optional[str] = ..., task: _Optional[int] = ..., file: _Optional[int] = ...) -> None: ...

class Execute(_message.Message):
    __slots__ = ("request", "request_json", "attachments", "files", "executor")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    REQUEST_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    EXECUTOR_FIELD_NUMBER: _ClassVar[int]
    request: int
    request_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    files: _containers.RepeatedScalarFieldContainer[int]
    executor: str
    def __init__(self, request: _Optional[int] = ..., request_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., files: _Optional[_Iterable[int]] = ..., executor: _Optional[str] = ...) -> None: ...

class AbandonRequest(_message.Message):
    __slots__ = ("request",)
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    request: int
    def __init__(self, request: _Optional[int] = ...) -> None: ...

class Bye(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ClientMessage(_message.Message):
    __slots__ = ("declare", "library", "remove_library", "submit", "calls", "cancel", "prune", "undeclare", "fetch", "query", "execute", "abandon", "bye")
    DECLARE_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    REMOVE_LIBRARY_FIELD_NUMBER: _ClassVar[int]
    SUBMIT_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    PRUNE_FIELD_NUMBER: _ClassVar[int]
    UNDECLARE_FIELD_NUMBER: _ClassVar[int]
    FETCH_FIELD_NUMBER: _ClassVar[int]
    QUERY_FIELD_NUMBER: _ClassVar[int]
    EXECUTE_FIELD_NUMBER: _ClassVar[int]
    ABANDON_FIELD_NUMBER: _ClassVar[int]
    BYE_FIELD_NUMBER: _ClassVar[int]
    declare: Declare
    library: Library
    remove_library: RemoveLibrary
    submit: Submit
    calls: Calls
    cancel: Cancel
    prune: Prune
    undeclare: Undeclare
    fetch: Fetch
    query: Query
    execute: Execute
    abandon: AbandonRequest
    bye: Bye
    def __init__(self, declare: _Optional[_Union[Declare, _Mapping]] = ..., library: _Optional[_Union[Library, _Mapping]] = ..., remove_library: _Optional[_Union[RemoveLibrary, _Mapping]] = ..., submit: _Optional[_Union[Submit, _Mapping]] = ..., calls: _Optional[_Union[Calls, _Mapping]] = ..., cancel: _Optional[_Union[Cancel, _Mapping]] = ..., prune: _Optional[_Union[Prune, _Mapping]] = ..., undeclare: _Optional[_Union[Undeclare, _Mapping]] = ..., fetch: _Optional[_Union[Fetch, _Mapping]] = ..., query: _Optional[_Union[Query, _Mapping]] = ..., execute: _Optional[_Union[Execute, _Mapping]] = ..., abandon: _Optional[_Union[AbandonRequest, _Mapping]] = ..., bye: _Optional[_Union[Bye, _Mapping]] = ...) -> None: ...

class ClientBatch(_message.Message):
    __slots__ = ("messages",)
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[ClientMessage]
    def __init__(self, messages: _Optional[_Iterable[_Union[ClientMessage, _Mapping]]] = ...) -> None: ...

class Ready(_message.Message):
    __slots__ = ("name", "port", "connection_file", "run_directory", "inline_bytes", "executors")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PORT_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_FILE_FIELD_NUMBER: _ClassVar[int]
    RUN_DIRECTORY_FIELD_NUMBER: _ClassVar[int]
    INLINE_BYTES_FIELD_NUMBER: _ClassVar[int]
    EXECUTORS_FIELD_NUMBER: _ClassVar[int]
    name: str
    port: int
    connection_file: str
    run_directory: str
    inline_bytes: int
    executors: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., port: _Optional[int] = ..., connection_file: _Optional[str] = ..., run_directory: _Optional[str] = ..., inline_bytes: _Optional[int] = ..., executors: _Optional[_Iterable[str]] = ...) -> None: ...

class Trouble(_message.Message):
    __slots__ = ("code", "message", "hint")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    HINT_FIELD_NUMBER: _ClassVar[int]
    code: str
    message: str
    hint: str
    def __init__(self, code: _Optional[str] = ..., message: _Optional[str] = ..., hint: _Optional[str] = ...) -> None: ...

class Stream(_message.Message):
    __slots__ = ("tail", "size", "path")
    TAIL_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    tail: bytes
    size: int
    path: str
    def __init__(self, tail: _Optional[bytes] = ..., size: _Optional[int] = ..., path: _Optional[str] = ...) -> None: ...

class Measured(_message.Message):
    __slots__ = ("wall_ms", "cpu_ms", "memory", "disk", "processes")
    WALL_MS_FIELD_NUMBER: _ClassVar[int]
    CPU_MS_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    DISK_FIELD_NUMBER: _ClassVar[int]
    PROCESSES_FIELD_NUMBER: _ClassVar[int]
    wall_ms: float
    cpu_ms: float
    memory: int
    disk: int
    processes: int
    def __init__(self, wall_ms: _Optional[float] = ..., cpu_ms: _Optional[float] = ..., memory: _Optional[int] = ..., disk: _Optional[int] = ..., processes: _Optional[int] = ...) -> None: ...

class AttemptRecord(_message.Message):
    __slots__ = ("attempt", "worker", "worker_name", "host", "assigned_at_ms", "ended_at_ms", "ended", "allocation")
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    WORKER_FIELD_NUMBER: _ClassVar[int]
    WORKER_NAME_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    ASSIGNED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    ALLOCATION_FIELD_NUMBER: _ClassVar[int]
    attempt: int
    worker: int
    worker_name: str
    host: str
    assigned_at_ms: float
    ended_at_ms: float
    ended: str
    allocation: Resources
    def __init__(self, attempt: _Optional[int] = ..., worker: _Optional[int] = ..., worker_name: _Optional[str] = ..., host: _Optional[str] = ..., assigned_at_ms: _Optional[float] = ..., ended_at_ms: _Optional[float] = ..., ended: _Optional[str] = ..., allocation: _Optional[_Union[Resources, _Mapping]] = ...) -> None: ...

class CallFailure(_message.Message):
    __slots__ = ("message", "traceback", "exception")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    TRACEBACK_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_FIELD_NUMBER: _ClassVar[int]
    message: str
    traceback: str
    exception: bytes
    def __init__(self, message: _Optional[str] = ..., traceback: _Optional[str] = ..., exception: _Optional[bytes] = ...) -> None: ...

class Finished(_message.Message):
    __slots__ = ("task", "state", "code", "trouble", "exit_code", "signal", "stdout", "stderr", "exhausted", "requested", "measured", "attempts", "submitted_at_ms", "finished_at_ms", "encoding", "value", "failure")
    TASK_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TROUBLE_FIELD_NUMBER: _ClassVar[int]
    EXIT_CODE_FIELD_NUMBER: _ClassVar[int]
    SIGNAL_FIELD_NUMBER: _ClassVar[int]
    STDOUT_FIELD_NUMBER: _ClassVar[int]
    STDERR_FIELD_NUMBER: _ClassVar[int]
    EXHAUSTED_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_FIELD_NUMBER: _ClassVar[int]
    MEASURED_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    SUBMITTED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    FINISHED_AT_MS_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    task: int
    state: str
    code: str
    trouble: Trouble
    exit_code: int
    signal: str
    stdout: Stream
    stderr: Stream
    exhausted: _containers.RepeatedScalarFieldContainer[str]
    requested: Resources
    measured: Measured
    attempts: _containers.RepeatedCompositeFieldContainer[AttemptRecord]
    submitted_at_ms: float
    finished_at_ms: float
    encoding: Encoding
    value: bytes
    failure: CallFailure
    def __init__(self, task: _Optional[int] = ..., state: _Optional[str] = ..., code: _Optional[str] = ..., trouble: _Optional[_Union[Trouble, _Mapping]] = ..., exit_code: _Optional[int] = ..., signal: _Optional[str] = ..., stdout: _Optional[_Union[Stream, _Mapping]] = ..., stderr: _Optional[_Union[Stream, _Mapping]] = ..., exhausted: _Optional[_Iterable[str]] = ..., requested: _Optional[_Union[Resources, _Mapping]] = ..., measured: _Optional[_Union[Measured, _Mapping]] = ..., attempts: _Optional[_Iterable[_Union[AttemptRecord, _Mapping]]] = ..., submitted_at_ms: _Optional[float] = ..., finished_at_ms: _Optional[float] = ..., encoding: _Optional[_Union[Encoding, str]] = ..., value: _Optional[bytes] = ..., failure: _Optional[_Union[CallFailure, _Mapping]] = ...) -> None: ...

class Returned(_message.Message):
    __slots__ = ("encoding", "tasks", "values", "attempt", "wall_ms", "cpu_ms", "kept")
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    WALL_MS_FIELD_NUMBER: _ClassVar[int]
    CPU_MS_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    encoding: Encoding
    tasks: _containers.RepeatedScalarFieldContainer[int]
    values: _containers.RepeatedScalarFieldContainer[bytes]
    attempt: AttemptRecord
    wall_ms: _containers.RepeatedScalarFieldContainer[float]
    cpu_ms: _containers.RepeatedScalarFieldContainer[float]
    kept: bool
    def __init__(self, encoding: _Optional[_Union[Encoding, str]] = ..., tasks: _Optional[_Iterable[int]] = ..., values: _Optional[_Iterable[bytes]] = ..., attempt: _Optional[_Union[AttemptRecord, _Mapping]] = ..., wall_ms: _Optional[_Iterable[float]] = ..., cpu_ms: _Optional[_Iterable[float]] = ..., kept: _Optional[bool] = ...) -> None: ...

class Running(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, tasks: _Optional[_Iterable[int]] = ...) -> None: ...

class Content(_message.Message):
    __slots__ = ("request", "data", "last")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    request: int
    data: bytes
    last: bool
    def __init__(self, request: _Optional[int] = ..., data: _Optional[bytes] = ..., last: _Optional[bool] = ...) -> None: ...

class Answer(_message.Message):
    __slots__ = ("request", "answer_json", "attachments")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    ANSWER_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    request: int
    answer_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, request: _Optional[int] = ..., answer_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class Progress(_message.Message):
    __slots__ = ("request", "progress_json", "attachments")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    request: int
    progress_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, request: _Optional[int] = ..., progress_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class Failed(_message.Message):
    __slots__ = ("request", "trouble")
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    TROUBLE_FIELD_NUMBER: _ClassVar[int]
    request: int
    trouble: Trouble
    def __init__(self, request: _Optional[int] = ..., trouble: _Optional[_Union[Trouble, _Mapping]] = ...) -> None: ...

class Refusal(_message.Message):
    __slots__ = ("file", "library", "trouble")
    FILE_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_FIELD_NUMBER: _ClassVar[int]
    TROUBLE_FIELD_NUMBER: _ClassVar[int]
    file: int
    library: int
    trouble: Trouble
    def __init__(self, file: _Optional[int] = ..., library: _Optional[int] = ..., trouble: _Optional[_Union[Trouble, _Mapping]] = ...) -> None: ...

class Status(_message.Message):
    __slots__ = ("workers", "cores", "waiting", "running", "done", "failed")
    WORKERS_FIELD_NUMBER: _ClassVar[int]
    CORES_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    RUNNING_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    workers: int
    cores: float
    waiting: int
    running: int
    done: int
    failed: int
    def __init__(self, workers: _Optional[int] = ..., cores: _Optional[float] = ..., waiting: _Optional[int] = ..., running: _Optional[int] = ..., done: _Optional[int] = ..., failed: _Optional[int] = ...) -> None: ...

class Note(_message.Message):
    __slots__ = ("level", "message")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    level: str
    message: str
    def __init__(self, level: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class GatewayMessage(_message.Message):
    __slots__ = ("ready", "finished", "returned", "running", "content", "answer", "progress", "failed", "refusal", "status", "note")
    READY_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    RETURNED_FIELD_NUMBER: _ClassVar[int]
    RUNNING_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ready: Ready
    finished: Finished
    returned: Returned
    running: Running
    content: Content
    answer: Answer
    progress: Progress
    failed: Failed
    refusal: Refusal
    status: Status
    note: Note
    def __init__(self, ready: _Optional[_Union[Ready, _Mapping]] = ..., finished: _Optional[_Union[Finished, _Mapping]] = ..., returned: _Optional[_Union[Returned, _Mapping]] = ..., running: _Optional[_Union[Running, _Mapping]] = ..., content: _Optional[_Union[Content, _Mapping]] = ..., answer: _Optional[_Union[Answer, _Mapping]] = ..., progress: _Optional[_Union[Progress, _Mapping]] = ..., failed: _Optional[_Union[Failed, _Mapping]] = ..., refusal: _Optional[_Union[Refusal, _Mapping]] = ..., status: _Optional[_Union[Status, _Mapping]] = ..., note: _Optional[_Union[Note, _Mapping]] = ...) -> None: ...

class GatewayBatch(_message.Message):
    __slots__ = ("messages",)
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[GatewayMessage]
    def __init__(self, messages: _Optional[_Iterable[_Union[GatewayMessage, _Mapping]]] = ...) -> None: ...
