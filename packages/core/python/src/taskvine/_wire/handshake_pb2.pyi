# mypy: disable-error-code=type-arg
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROLE_UNSPECIFIED: _ClassVar[Role]
    ROLE_WORKER: _ClassVar[Role]
    ROLE_CLIENT: _ClassVar[Role]
ROLE_UNSPECIFIED: Role
ROLE_WORKER: Role
ROLE_CLIENT: Role

class Hello(_message.Message):
    __slots__ = ("role", "version_min", "version_max", "proof", "nonce", "software")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    VERSION_MIN_FIELD_NUMBER: _ClassVar[int]
    VERSION_MAX_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    NONCE_FIELD_NUMBER: _ClassVar[int]
    SOFTWARE_FIELD_NUMBER: _ClassVar[int]
    role: Role
    version_min: int
    version_max: int
    proof: bytes
    nonce: bytes
    software: str
    def __init__(self, role: _Optional[_Union[Role, str]] = ..., version_min: _Optional[int] = ..., version_max: _Optional[int] = ..., proof: _Optional[bytes] = ..., nonce: _Optional[bytes] = ..., software: _Optional[str] = ...) -> None: ...

class Welcome(_message.Message):
    __slots__ = ("version", "session", "manager_name", "software", "manager_instance", "heartbeat_ms", "silence_ms")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    MANAGER_NAME_FIELD_NUMBER: _ClassVar[int]
    SOFTWARE_FIELD_NUMBER: _ClassVar[int]
    MANAGER_INSTANCE_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_MS_FIELD_NUMBER: _ClassVar[int]
    SILENCE_MS_FIELD_NUMBER: _ClassVar[int]
    version: int
    session: bytes
    manager_name: str
    software: str
    manager_instance: str
    heartbeat_ms: int
    silence_ms: int
    def __init__(self, version: _Optional[int] = ..., session: _Optional[bytes] = ..., manager_name: _Optional[str] = ..., software: _Optional[str] = ..., manager_instance: _Optional[str] = ..., heartbeat_ms: _Optional[int] = ..., silence_ms: _Optional[int] = ...) -> None: ...

class Refused(_message.Message):
    __slots__ = ("code", "sentence", "hint")
    CODE_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    HINT_FIELD_NUMBER: _ClassVar[int]
    code: str
    sentence: str
    hint: str
    def __init__(self, code: _Optional[str] = ..., sentence: _Optional[str] = ..., hint: _Optional[str] = ...) -> None: ...

class Handshake(_message.Message):
    __slots__ = ("hello", "welcome", "refused")
    HELLO_FIELD_NUMBER: _ClassVar[int]
    WELCOME_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    hello: Hello
    welcome: Welcome
    refused: Refused
    def __init__(self, hello: _Optional[_Union[Hello, _Mapping]] = ..., welcome: _Optional[_Union[Welcome, _Mapping]] = ..., refused: _Optional[_Union[Refused, _Mapping]] = ...) -> None: ...

class Frame(_message.Message):
    __slots__ = ("session", "sequence", "batches", "handshake", "heartbeat", "goodbye")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    BATCHES_FIELD_NUMBER: _ClassVar[int]
    HANDSHAKE_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    GOODBYE_FIELD_NUMBER: _ClassVar[int]
    session: bytes
    sequence: int
    batches: _containers.RepeatedScalarFieldContainer[bytes]
    handshake: Handshake
    heartbeat: bool
    goodbye: Refused
    def __init__(self, session: _Optional[bytes] = ..., sequence: _Optional[int] = ..., batches: _Optional[_Iterable[bytes]] = ..., handshake: _Optional[_Union[Handshake, _Mapping]] = ..., heartbeat: _Optional[bool] = ..., goodbye: _Optional[_Union[Refused, _Mapping]] = ...) -> None: ...
