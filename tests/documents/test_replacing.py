"""Writing files: whole or not at all, as private as before, and nothing left behind."""

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ceasefire_model.documents.replacing import replace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other modes, links and locks")

NOBODY = 65534
LEFT = ".ceasefire-model.0123456789abcdef.part"

WAITING = """
import os, sys
from pathlib import Path
from ceasefire_model.documents.replacing import replace
sync = os.fsync
def wait(handle):
    print("written", flush=True)
    sys.stdin.readline()
    sync(handle)
os.fsync = wait
replace(Path(sys.argv[1]), b"by the other")
"""


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder):
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o600)
    return path


@contextmanager
def as_nobody():
    """Become a user who may do nothing in particular, where one is allowed to."""
    if os.geteuid() != 0:
        pytest.skip("only the superuser can become somebody else")
    group, groups = os.getegid(), os.getgroups()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


@contextmanager
def another_writer(target):
    """Have another process write the file, up to where it has only to put it in its place."""
    command = [sys.executable, "-c", WAITING, str(target)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert writer.stdout.readline() == b"written\n"
        yield writer
    finally:
        writer.kill()
        writer.communicate()


# Modes, owners, attributes


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_at_no_time_may_anybody_read_more_than_before(target, monkeypatch, mode):
    target.chmod(mode)
    seen = []

    def note(then):
        def noted(handle, *rest):
            found = os.fstat(handle)
            seen.append((stat.S_IMODE(found.st_mode), found.st_size))
            return then(handle, *rest)

        return noted

    for name in ("fchmod", "fsync"):
        monkeypatch.setattr(os, name, note(getattr(os, name)))
    replace(target, b"new")
    assert seen[:2] == [(0o600, 0), (mode, 3)]
    assert (mode_of(target), target.read_bytes()) == (mode, b"new")


def test_the_new_name_is_written_to_the_disk_after_the_file_that_has_it(target, monkeypatch):
    synced, sync = [], os.fsync

    def note(handle):
        found = os.fstat(handle)
        synced.append("folder" if stat.S_ISDIR(found.st_mode) else "file")
        assert (synced[-1] == "folder") == (target.read_bytes() == b"new")
        sync(handle)

    monkeypatch.setattr(os, "fsync", note)
    replace(target, b"new")
    assert synced == ["file", "folder"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path, mask, mode):
    old = os.umask(mask)
    try:
        replace(tmp_path / "a.yaml", b"new")
    finally:
        os.umask(old)
    assert mode_of(tmp_path / "a.yaml") == mode


def test_the_owner_and_the_group_are_kept_where_one_may_give_files_away(target):
    if os.geteuid() != 0:
        pytest.skip("only the superuser may")
    os.chown(target, 1234, 4321)
    replace(target, b"new")
    assert (target.stat().st_uid, target.stat().st_gid, mode_of(target)) == (1234, 4321, 0o600)


def test_what_cannot_be_kept_is_said_and_another_group_may_not_do_more_than_anybody():
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder, "a.yaml")
        path.write_bytes(b"old")
        path.chmod(0o662)
        said = rf"'{path}' is written, but could not keep its group \(0\), its owner \(0\)$"
        with as_nobody(), pytest.warns(UserWarning, match=said):
            replace(path, b"new")
        assert (path.read_bytes(), path.stat().st_uid, mode_of(path)) == (b"new", NOBODY, 0o622)


def test_extended_attributes_are_kept(target):
    try:
        os.setxattr(target, "user.note", b"a draft")
    except (AttributeError, OSError):
        pytest.skip("there are none here")
    replace(target, b"new")
    assert os.getxattr(target, "user.note") == b"a draft"


def test_an_attribute_that_cannot_be_kept_is_said(target, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOTSUP, "refused")

    if not hasattr(os, "setxattr"):
        pytest.skip("there are none here")
    monkeypatch.setattr(os, "listxattr", lambda path: [] if isinstance(path, int) else ["user.a"])
    monkeypatch.setattr(os, "getxattr", lambda *_: b"x")
    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.warns(UserWarning, match="could not keep its attribute 'user.a'"):
        replace(target, b"new")
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("of_new", [["security.a"], None])
def test_of_an_attribute_that_the_system_gives_itself_nothing_is_said(target, monkeypatch, of_new):
    def listed(path):
        if of_new is None:
            raise OSError(errno.ENOTSUP, "none here")
        return of_new

    if not hasattr(os, "setxattr"):
        pytest.skip("there are none here")
    monkeypatch.setattr(os, "listxattr", listed)
    monkeypatch.setattr(os, "getxattr", lambda *_: b"x")
    monkeypatch.setattr(os, "setxattr", pytest.fail)
    replace(target, b"new")
    assert target.read_bytes() == b"new"


def test_other_names_of_a_file_are_said_to_keep_the_old_content(target, tmp_path):
    (tmp_path / "b.yaml").hardlink_to(target)
    with pytest.warns(UserWarning, match=r"its other names \(1\), under which the old content"):
        replace(target, b"new")
    assert (target.read_bytes(), (tmp_path / "b.yaml").read_bytes()) == (b"new", b"old")


# Names, links, pipes, devices


@pytest.mark.parametrize("length", [1, 240, 255])
def test_a_name_may_be_as_long_as_the_system_allows(tmp_path, length):
    path = tmp_path / ("a" * length)
    replace(path, b"one")
    replace(path, b"two")
    assert path.read_bytes() == b"two"
    assert names_in(tmp_path) == [path.name]


def test_a_link_stays_one_also_where_its_end_is_yet_to_be_written(target, tmp_path):
    for name in ("a.yaml", "b.yaml"):
        link = tmp_path / f"to-{name}"
        link.symlink_to(name)
        replace(link, b"new")
        assert link.is_symlink()
        assert (tmp_path / name).read_bytes() == b"new"
    assert mode_of(target) == 0o600


def test_a_link_to_itself_is_refused_and_stays(tmp_path):
    link = tmp_path / "a.yaml"
    link.symlink_to("a.yaml")
    with pytest.raises(OSError, match=r"[Tt]oo many .*a\.yaml"):
        replace(link, b"new")
    assert link.is_symlink()


def test_a_folder_is_refused_by_name(tmp_path):
    with pytest.raises(IsADirectoryError, match=str(tmp_path)):
        replace(tmp_path, b"new")


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    replace(pipe, b"new")
    reader.join(10)
    assert read == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names_in(tmp_path) == ["pipe"]


def test_standard_output_goes_on_behind_what_it_has(tmp_path):
    if not Path("/dev/stdout").exists():
        pytest.skip("there is no such name")
    program = """
from pathlib import Path
from ceasefire_model.documents.replacing import replace
print("before", flush=True)
replace(Path("/dev/stdout"), b"new\\n")
print("after")
"""
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([sys.executable, "-c", program], stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"before\nnew\nafter\n"
    assert names_in(tmp_path) == ["out"]


def test_what_is_open_is_written_to_by_its_number():
    if not Path("/dev/fd").exists():
        pytest.skip("there are no such names")
    reading, writing = os.pipe()
    replace(Path(f"/dev/fd/{writing}"), b"new")
    os.write(writing, b" more")
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        assert stream.read() == b"new more"


# What goes wrong


def test_a_full_device_is_an_error_that_names_it():
    if not Path("/dev/full").exists():
        pytest.skip("there is none")
    with pytest.raises(OSError, match="'/dev/full'") as caught:
        replace(Path("/dev/full"), b"new")
    assert caught.value.errno == errno.ENOSPC


def test_where_there_is_no_room_the_old_file_stays_and_nothing_beside_it(target, tmp_path):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OSError, match=r"a\.yaml") as caught:
            replace(target, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.errno == errno.EFBIG
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o777), (0o666, 0o755)])
def test_what_may_only_be_read_is_not_replaced(of_file, of_folder):
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_bytes(b"old")
        path.chmod(of_file)
        Path(folder).chmod(of_folder)
        with as_nobody(), pytest.raises(PermissionError, match=r"a\.yaml"):
            replace(path, b"new")
        assert path.read_bytes() == b"old"
        assert names_in(Path(folder)) == ["a.yaml"]


def test_a_folder_that_is_not_there_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"b/a\.yaml"):
        replace(tmp_path / "b" / "a.yaml", b"new")


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_what_breaks_off_the_writing_leaves_nothing(target, tmp_path, monkeypatch, error):
    def fail(_):
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(error):
        replace(target, b"new")
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.yaml"]


# What killed writers leave


def test_what_a_killed_writer_leaves_is_private_and_swept_by_the_next(target, tmp_path):
    with another_writer(target) as writer:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        [left] = set(tmp_path.iterdir()) - {target}
        assert (left.read_bytes(), mode_of(left)) == (b"by the other", 0o600)
        assert target.read_bytes() == b"old"
        replace(tmp_path / "b.yaml", b"new")
    assert names_in(tmp_path) == ["a.yaml", "b.yaml"]


def test_a_writer_at_work_is_left_alone(target, tmp_path):
    with another_writer(target) as writer:
        replace(target, b"new")
        assert target.read_bytes() == b"new"
        assert len(names_in(tmp_path)) == 2
        writer.communicate(b"\n")
        assert writer.returncode == 0
    assert target.read_bytes() == b"by the other"
    assert names_in(tmp_path) == ["a.yaml"]


def test_a_writer_whose_file_is_swept_before_it_is_locked_begins_anew(target, monkeypatch):
    real, opened = os.open, []

    def swept(path, *rest):
        handle = real(path, *rest)
        if not opened:
            Path(path).unlink()
        opened.append(path)
        return handle

    monkeypatch.setattr(os, "open", swept)
    replace(target, b"new")
    assert len({each for each in opened if each != target.parent}) == 2
    assert target.read_bytes() == b"new"


def test_a_name_like_ours_is_swept_and_no_other(target, tmp_path):
    (tmp_path / LEFT).write_bytes(b"")
    others = [LEFT.upper(), f"{LEFT}.bak", LEFT[1:], LEFT.replace("0", "g"), ".a.yaml.0123456789ab"]
    for name in others:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / LEFT.replace("0", "1")).mkdir()
    os.mkfifo(tmp_path / LEFT.replace("0", "2"))
    (tmp_path / LEFT.replace("0", "3")).symlink_to(target)
    kept = {*names_in(tmp_path)} - {LEFT}
    replace(target, b"new")
    assert {*names_in(tmp_path)} == kept


def test_what_another_user_left_is_not_swept():
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        left = Path(folder, LEFT)
        left.write_bytes(b"")
        left.chmod(0o666)
        with as_nobody():
            replace(Path(folder, "a.yaml"), b"new")
        assert left.exists()


@pytest.mark.parametrize(("age", "is_swept"), [(3600, False), (90_000, True)])
def test_where_there_are_no_locks_what_is_a_day_old_is_swept(target, monkeypatch, age, is_swept):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise OSError(errno.ENOLCK, "no locks available")

    left = target.with_name(LEFT)
    left.write_bytes(b"")
    then = left.stat().st_mtime - age
    os.utime(left, (then, then))
    monkeypatch.setattr(fcntl, "flock", refuse)
    replace(target, b"new")
    assert target.read_bytes() == b"new"
    assert left.exists() is not is_swept


def test_many_threads_write_one_file_and_it_is_always_whole(target, tmp_path):
    contents = [bytes([letter]) * 50_000 for letter in b"abcdefgh"]
    writers = [threading.Thread(target=replace, args=(target, each)) for each in contents * 3]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert target.read_bytes() in {b"old", *contents}
    assert names_in(tmp_path) == ["a.yaml"]
