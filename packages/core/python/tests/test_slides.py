"""Programs as the first users know them from slides, in their spelling."""

from __future__ import annotations

import os
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import taskvine as vine
from taskvine import VINE_FOREVER


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(folder: Path) -> Iterator[str]:
    """A web server for what is in the test's folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def pack(name: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)
        Path(path).chmod(0o755)
    with tarfile.open(name, "w:gz") as archive:
        for path in files:
            archive.add(path)


def test_a_simple_task_greps_a_document_from_the_web(m: vine.Manager, site: str, folder: Path) -> None:
    (folder / "1960.txt").write_text("a table\na chair\n")
    doc = m.declareURL(f"{site}/1960.txt")
    task = vine.Task("grep chair doc.txt")
    task.add_input(doc, "doc.txt")
    m.submit(task)
    finished = m.wait(VINE_FOREVER)
    assert finished is not None
    assert finished.output == "a chair\n"


def test_every_kind_of_file_can_be_declared(m: vine.Manager, site: str, folder: Path) -> None:
    Path("mydata.txt").write_text("data")
    pack("data.tar.gz", {"inside": "packed"})
    file = m.declareFile("mydata.txt")
    buffer = m.declareBuffer("Some literal data")
    url = m.declareURL(f"{site}/data.tar.gz")
    temp = m.declareTemp()
    data = m.declareUntar(url)
    pack("package.tar.gz", {"bin/mysim.exe": "#!/bin/sh\ncat file buffer data/inside\n"})
    software = m.declarePoncho("package.tar.gz")
    t = vine.Task("mysim.exe -p 50 input.data > output.data")
    t.add_environment(software)
    t.add_input(file, "file")
    t.add_input(buffer, "buffer")
    t.add_input(data, "data")
    t.add_output(temp, "output.data")
    t.set_cores(2)
    t.set_memory(1024)
    t.set_disk(100)
    t.set_tag("simulator")
    assert m.submit(t) == t.id
    assert m.wait_for_tag("simulator", 60) is t
    assert temp.contents() == b"dataSome literal datapacked"


def test_blast_finds_its_software_and_database_unpacked(m: vine.Manager, site: str, folder: Path) -> None:
    pack("blast.tar.gz", {"bin/blastp": '#!/bin/sh\necho "$2 in $BLASTDB: $(cat $BLASTDB/db | wc -l), $(cat $4)"\n'})
    pack("landmark_db.tar.gz", {"db": "1\n2\n3\n"})
    query_string = "GCTAATCCA..."
    software = m.declareUntar(m.declareURL(f"{site}/blast.tar.gz"))
    database = m.declareUntar(m.declareURL(f"{site}/landmark_db.tar.gz"))
    task = vine.Task("blastdir/bin/blastp -db landmark -query query.file")
    task.add_input(software, "blastdir")
    task.add_input(database, "landmark")
    task.add_input_buffer(query_string, "query.file")
    task.set_env_var("BLASTDB", value="landmark")
    m.submit(task)
    assert m.wait(60) is task
    assert task.output == "landmark in landmark: 3, GCTAATCCA...\n"


def test_a_function_is_simulated_with_files_resources_and_a_tag(m: vine.Manager) -> None:
    def simulate_func(molecule: str, parameters: dict[str, int]) -> str:
        with open("input.data") as source, open("output.data", "w") as target:
            target.write(source.read() * parameters["times"])
        return f"{molecule} simulated"

    temp = m.declareTemp()
    t = vine.PythonTask(simulate_func, "water", {"times": 2})
    t.add_input(m.declareBuffer("x"), "input.data")
    t.add_output(temp, "output.data")
    t.set_cores(1)
    t.set_memory(1024)
    t.set_tag("simulator")
    m.submit(t)
    finished = m.wait(60)
    assert finished is not None
    assert (finished.output, temp.contents()) == ("water simulated", b"xx")


def test_a_file_from_a_foreign_system_is_a_mini_task(m: vine.Manager) -> None:
    url, proxy = "xrootd://host/path", m.declareBuffer("secret")
    t = vine.Task(f"echo {url} by $(cat $X509_USER_PROXY) > output.root")
    t.add_input(proxy, "proxy509.pem")
    t.set_env_var("X509_USER_PROXY", "proxy509.pem")
    data = m.declareMiniTask(t, "output.root")
    task = vine.Task("cat events.root")
    task.add_input(data, "events.root")
    m.submit(task)
    assert m.wait(60) is task
    assert task.output == "xrootd://host/path by secret\n"


def test_a_file_of_xrootd_is_copied_by_the_workers_with_a_proxy(tmp_path: Path, folder: Path) -> None:
    program = tmp_path / "bin" / "xrdcp"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\n[ "$(cat $X509_USER_PROXY)" = secret ] && echo "copy of $1" > "$2"\n')
    program.chmod(0o755)
    (folder / "proxy").write_text("secret")
    with vine.Manager(run_info_path=tmp_path / "runs", ssl=True) as m:
        factory = vine.Factory(manager=m, cores=1)
        factory.env["PATH"] = f"{program.parent}:{os.environ['PATH']}"
        with factory:
            data = m.declareXRootD("xrootd://host/path", "proxy")
            task = vine.Task("cat events.root")
            task.add_input(data, "events.root")
            m.submit(task)
            assert m.wait(60) is task
            assert task.output == "copy of xrootd://host/path\n"


def test_a_factory_is_a_with_block(tmp_path: Path) -> None:
    m = vine.Manager(0, "slides", run_info_path=tmp_path)
    f = vine.Factory(manager=m)
    f.cores = 2
    f.max_workers = 1
    f.min_workers = 1
    with f:
        assert m.map(abs, [-1, -2]) == [1, 2]
        assert f.workers == 1
    assert f.workers == 0
    assert m.name == "slides"
    m.close()
