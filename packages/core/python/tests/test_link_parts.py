"""What leaves for the manager, and what comes from it, without a network."""

from __future__ import annotations

import pytest

from taskvine import VineError
from taskvine._link.frames import Session, hello, read_welcome
from taskvine._link.outbox import MOST_CALLS, CallShape, Outbox
from taskvine._wire import gateway_pb2 as gateway
from taskvine._wire import handshake_pb2 as handshake


def taken(outbox: Outbox) -> list[gateway.ClientMessage]:
    messages: list[gateway.ClientMessage] = []
    while (batch := outbox.take()) is not None:
        messages += gateway.ClientBatch.FromString(batch).messages
    return messages


def test_calls_that_follow_each_other_leave_in_one_message() -> None:
    outbox, shape = Outbox(), CallShape(gateway.Calls(library=7, function="f"))
    for number in range(5, 8):
        outbox.append((shape, number, b"args %d" % number, 0, "", ()))
    (message,) = taken(outbox)
    assert (message.calls.library, message.calls.first_task) == (7, 5)
    assert list(message.calls.args) == [b"args 5", b"args 6", b"args 7"]


def test_a_gap_in_the_numbers_or_a_message_between_begins_a_new_one() -> None:
    outbox, shape = Outbox(), CallShape(gateway.Calls(function="one"))
    for item in [(shape, 1, b"", 0, "", ()), (shape, 3, b"", 0, "", ())]:
        outbox.append(item)
    outbox.append(gateway.ClientMessage(cancel=gateway.Cancel(all=True)))
    outbox.append((shape, 4, b"", 0, "", ()))
    firsts = [m.calls.first_task if m.HasField("calls") else "cancel" for m in taken(outbox)]
    assert firsts == [1, 3, "cancel", 4]


def test_calls_of_several_functions_share_a_message() -> None:
    outbox = Outbox()
    one = CallShape(gateway.Calls(library=1, function="one", priority=2.5))
    other = CallShape(gateway.Calls(library=1, function="other", function_file=9, retries=3, memory=7, keep=True))
    for number, shape in enumerate([one, one, other, one, other], start=1):
        outbox.append((shape, number, b"", 0, "", ()))
    (message,) = taken(outbox)
    assert (message.calls.function, list(message.calls.kinds)) == ("one", [0, 0, 1, 0, 1])
    told = {field.name: value for field, value in message.calls.others[0].ListFields()}
    assert told == {"library": 1, "function": "other", "function_file": 9, "retries": 3, "memory": 7, "keep": True}


def test_what_the_arguments_of_calls_name_travels_with_them() -> None:
    outbox, shape = Outbox(), CallShape(gateway.Calls())
    value, path = gateway.MOUNT_USE_VALUE, gateway.MOUNT_USE_PATH
    for number, named in enumerate([(), ((11, value), (12, value)), (), ((13, value),)], start=1):
        outbox.append((shape, number, b"", 0, "", named))
    outbox.append((shape, 9, b"", 0, "", ((14, path), (15, value))))
    values, mixed = taken(outbox)
    assert (list(values.calls.input_counts), list(values.calls.input_files)) == ([0, 2, 0, 1], [11, 12, 13])
    assert (list(values.calls.input_uses), list(mixed.calls.input_uses)) == ([], [path, value])


def test_calls_with_files_for_their_values_have_messages_of_their_own() -> None:
    outbox, shape = Outbox(), CallShape(gateway.Calls())
    for number, file in [(1, 11), (2, 12), (3, 0), (4, 14)]:
        outbox.append((shape, number, b"", file, "", ()))
    assert [list(message.calls.value_files) for message in taken(outbox)] == [[11, 12], [], [14]]


def test_calls_with_tags_of_their_own_travel_with_those_that_have_none() -> None:
    outbox, shape = Outbox(), CallShape(gateway.Calls())
    for number, tag in enumerate(["", "", "third", "", "fifth"], start=1):
        outbox.append((shape, number, b"", 0, tag, ()))
    outbox.append((shape, 9, b"", 0, "", ()))
    tags = [list(message.calls.tags) for message in taken(outbox)]
    assert tags == [["", "", "third", "", "fifth"], []]


def test_files_that_are_forgotten_leave_together_behind_all_else() -> None:
    outbox = Outbox()
    outbox.forget(1)
    outbox.append(gateway.ClientMessage(cancel=gateway.Cancel(all=True)))
    outbox.forget(2)
    assert (len(outbox), outbox.forgotten) == (1, 2)
    assert [list(message.undeclare.files) for message in taken(outbox)] == [[], [1, 2]]


def test_a_message_has_no_more_calls_than_the_manager_takes() -> None:
    outbox, shape = Outbox(), CallShape(gateway.Calls())
    for number in range(2 * MOST_CALLS + 1):
        outbox.append((shape, number, b"", 0, "", ()))
    assert [len(message.calls.args) for message in taken(outbox)] == [MOST_CALLS, MOST_CALLS, 1]


def test_large_messages_leave_in_batches_of_their_own() -> None:
    outbox = Outbox()
    for _ in range(3):
        outbox.append(gateway.ClientMessage(declare=gateway.Declare(buffer=b"x" * 900_000)))
    sizes = []
    while (batch := outbox.take()) is not None:
        sizes.append(len(gateway.ClientBatch.FromString(batch).messages))
    assert sizes == [1, 1, 1]


def test_frames_are_numbered_and_carry_the_session() -> None:
    session = Session(b"s" * 16)
    frames = [handshake.Frame.FromString(data) for data in (session.heartbeat(), session.batches([b"a", b"b"]))]
    assert [(frame.session, frame.sequence) for frame in frames] == [(b"s" * 16, 1), (b"s" * 16, 2)]
    assert list(frames[1].batches) == [b"a", b"b"]


@pytest.mark.parametrize("frame", [{"sequence": 2}, {"sequence": 1, "session": b"x" * 16}])
def test_a_frame_out_of_turn_or_of_another_session_ends_the_connection(frame: dict[str, bytes | int]) -> None:
    data = handshake.Frame(**{"session": b"s" * 16, "heartbeat": True, **frame}).SerializeToString()  # type: ignore[arg-type]
    with pytest.raises(VineError, match="BAD_FRAME"):
        Session(b"s" * 16).read(data)


def test_a_goodbye_comes_as_the_managers_own_reason() -> None:
    goodbye = handshake.Refused(code="MANAGER_CLOSED", sentence="closing time", hint="")
    data = handshake.Frame(session=b"s" * 16, sequence=1, goodbye=goodbye).SerializeToString()
    with pytest.raises(VineError, match="closing time"):
        Session(b"s" * 16).read(data)


def test_a_refusal_comes_with_code_and_hint() -> None:
    refused = handshake.Refused(code="VERSION_MISMATCH", sentence="too old", hint="Upgrade.")
    data = handshake.Frame(handshake=handshake.Handshake(refused=refused)).SerializeToString()
    with pytest.raises(VineError) as error:
        read_welcome(data)
    assert (error.value.code, error.value.hint) == ("VERSION_MISMATCH", "Upgrade.")


def test_a_greeting_proves_the_secret_and_is_never_the_same_twice() -> None:
    greetings = [handshake.Frame.FromString(hello(b"k" * 32, "test")).handshake.hello for _ in range(2)]
    assert greetings[0].proof != greetings[1].proof
    assert [len(greeting.proof) for greeting in greetings] == [32, 32]
    assert handshake.Frame.FromString(hello(b"", "test")).handshake.hello.proof == b""
