"""The files that a program declares."""

from __future__ import annotations

import os
import shlex

from .._desk.desk import Desk
from .._wire import gateway_pb2 as wire
from ..errors import bad_argument
from ..files import File, FileOptions, buffer_message, declare, number_at, unpack_message
from ..task import Task
from .environments import declare_extracted, declare_packed


class Declarations:
    """The part of the manager that declares files.

    `cache`: how long the cluster keeps a file: for one "task", the "workflow" (the default), as long as the "worker"
    lives, or "forever". `peer_transfer`: may workers give it to each other?
    """

    desk: Desk

    def declare_file(
        self,
        path: str | os.PathLike[str],
        cache: str | bool | None = None,
        peer_transfer: bool = True,
        unlink_when_done: bool = False,
    ) -> File:
        """A file or directory at the manager's machine: an input, or the place for an output.

        `unlink_when_done`: remove it there when nothing needs it any more.
        """
        text = os.fspath(path) if isinstance(path, (str, os.PathLike)) else ""
        if not text:
            raise bad_argument(f"a path must be a text that is not empty, not {path!r}")
        message = wire.Declare(path=os.path.abspath(text), unlink_when_done=unlink_when_done)
        return declare(self.desk, "file", text, message, FileOptions(cache, peer_transfer))

    def declare_buffer(
        self,
        content: str | bytes | bytearray | memoryview,
        cache: str | bool | None = None,
        peer_transfer: bool = True,
        executable: bool = False,
    ) -> File:
        """A text or bytes of this program, as they are now."""
        options = FileOptions(cache, peer_transfer, executable)
        return declare(self.desk, "buffer", "a buffer", buffer_message(self.desk, content), options)

    def declare_url(self, url: str, cache: str | bool | None = None, peer_transfer: bool = True) -> File:
        """A file that workers fetch themselves: http, https, file or data."""
        if not isinstance(url, str):
            raise bad_argument(f"a URL is a text, not {url!r}")
        return declare(self.desk, "url", url, wire.Declare(url=url), FileOptions(cache, peer_transfer))

    def declare_temp(self, cache: str | bool | None = None, peer_transfer: bool = True) -> File:
        """What a task makes for other tasks; it never leaves the cluster unless asked for."""
        return declare(self.desk, "temp", "a temp", wire.Declare(temp=True), FileOptions(cache, peer_transfer))

    def declare_untar(
        self, archive: File, cache: str | bool | None = None, peer_transfer: bool = True, form: str = ""
    ) -> File:
        """The directory that a tar archive unpacks to, at the workers. `form`: where its name does not tell."""
        return self._unpack(archive, form, FileOptions(cache, peer_transfer))

    def declare_unzip(self, archive: File, cache: str | bool | None = None, peer_transfer: bool = True) -> File:
        """The directory that a zip archive unpacks to, at the workers."""
        return self._unpack(archive, "zip", FileOptions(cache, peer_transfer))

    def declare_gunzip(self, archive: File, cache: str | bool | None = None, peer_transfer: bool = True) -> File:
        """The file that was compressed with gzip, at the workers."""
        return self._unpack(archive, "gz", FileOptions(cache, peer_transfer))

    def declare_mini_task(
        self, task: Task, output: str, cache: str | bool | None = None, peer_transfer: bool = True
    ) -> File:
        """What a command leaves at the name `output`: made at each worker that needs it, like any input."""
        message = wire.Declare(mini_task=task.as_mini_task(self.desk, output))
        options = FileOptions(cache, peer_transfer)
        return declare(self.desk, "mini-task", task.command, message, options)

    def declare_environment(
        self,
        package: File | str | os.PathLike[str],
        cache: str | bool | None = None,
        peer_transfer: bool = True,
    ) -> File:
        """The folder that a packed environment unpacks to, at the workers: for `add_environment`, or as any input.

        `package`: a declared file, or the path of one, that conda-pack, venv-pack or tar made, or a zip. Commands in
        its `bin` find its Python wherever it lies.
        """
        return declare_packed(self.desk, package, FileOptions(cache, peer_transfer))

    def declare_starch(
        self,
        starch: File | str | os.PathLike[str],
        cache: str | bool | None = None,
        peer_transfer: bool = True,
    ) -> File:
        """The folder that a self-extracting archive of starch unpacks to, at the workers."""
        return declare_extracted(self.desk, starch, FileOptions(cache, peer_transfer))

    def declare_xrootd(
        self,
        url: str,
        proxy: File | str | os.PathLike[str] | None = None,
        cache: str | bool | None = None,
        peer_transfer: bool = True,
    ) -> File:
        """A file that workers copy from an XRootD server with `xrdcp`, which they need to have.

        `proxy`: certificate to show there: a declared file, or the path of one.
        """
        if not isinstance(url, str):
            raise bad_argument(f"a URL is a text, not {url!r}")
        task = Task(f"xrdcp {shlex.quote(url)} output.root")
        if proxy is not None:
            task.add_input(proxy if isinstance(proxy, File) else self.declare_file(proxy), "proxy509.pem")
            task.set_env_var("X509_USER_PROXY", "proxy509.pem")
        return self.declare_mini_task(task, "output.root", cache, peer_transfer)

    def undeclare_file(self, file: File) -> None:
        """No task will name it any more: the cluster may forget it."""
        self.desk.post(wire.ClientMessage(undeclare=wire.Undeclare(files=[number_at(self.desk, file)])))

    def prune_file(self, file: File) -> None:
        """Drops all copies at the workers now, whoever may need them later."""
        self.desk.post(wire.ClientMessage(prune=wire.Prune(files=[number_at(self.desk, file)])))

    def fetch_file(self, file: File) -> bytes:
        """All bytes of a file, brought from where it is."""
        return file.contents()

    remove_file = undeclare_file
    declareFile = declare_file  # noqa: N815
    declareBuffer = declare_buffer  # noqa: N815
    declareURL = declare_url  # noqa: N815
    declareUrl = declare_url  # noqa: N815
    declareTemp = declare_temp  # noqa: N815
    declareUntar = declare_untar  # noqa: N815
    declareUnzip = declare_unzip  # noqa: N815
    declareGunzip = declare_gunzip  # noqa: N815
    declareMiniTask = declare_mini_task  # noqa: N815
    declare_minitask = declare_mini_task
    declareEnvironment = declare_environment  # noqa: N815
    declarePoncho = declare_environment  # noqa: N815
    declare_poncho = declare_environment
    declareStarch = declare_starch  # noqa: N815
    declareXRootD = declare_xrootd  # noqa: N815

    def _unpack(self, archive: File, form: str, options: FileOptions) -> File:
        message = unpack_message(archive, form)
        number_at(self.desk, archive)
        return declare(self.desk, "unpacked", archive.label, message, options)
