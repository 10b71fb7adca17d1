"""Every reason the database cannot start, as the sentence the person at the console reads.

Each function returns a `CannotStart` ready to be raised: what is wrong, and what to do about it, in
Chinese and in English. They stand together so that the tone can be read at one go.
"""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path

from onewindow.kernel.errors import CannotStart

# The operating system's and the server's words for "there is no room", quota and file limit included.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")


def disk_full(folder: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"磁盘已满，数据库无法写入“{folder}”",
        do_zh="请清理或扩充该磁盘（至少留出 200 MB）后重新启动；已有数据没有受损，也没有留下半成品",
        what_en=f"the disk is full, so the database cannot write to “{folder}”",
        do_en="Free or add space on that disk (at least 200 MB) and start again;"
        " existing data is unharmed and nothing half-written is left",
    )


def not_writable(folder: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"当前用户不能写入“{folder}”",
        do_zh="请把该目录的所有权交给运行本系统的用户，或另选一个可写的数据目录",
        what_en=f"this user may not write to “{folder}”",
        do_en="Give the folder to the user who runs the system, or choose another folder for the data",
    )


def unsafe_folder(folder: Path, why_zh: str, why_en: str) -> CannotStart:
    return CannotStart(
        what_zh=f"目录“{folder}”不安全：{why_zh}",
        do_zh="请收紧该目录的权限（例如 chmod o-w），或另选一个专用目录",
        what_en=f"the folder “{folder}” is not safe: {why_en}",
        do_en="Tighten its permissions (for instance chmod o-w), or choose a folder of its own",
    )


def not_a_folder(path: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"“{path}”不是目录",
        do_zh="请移走这个文件，或另选一个数据目录",
        what_en=f"“{path}” is not a folder",
        do_en="Move that file away, or choose another folder for the data",
    )


def seat_lost(seat: Path, pointer: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"数据原先存放在“{seat}”，现在那里没有了",
        do_zh=f"请挂载存放数据的磁盘或从备份恢复；如确要重新开始，请删除“{pointer}”",
        what_en=f"the data was kept in “{seat}” and is not there now",
        do_en=f"Mount the disk that holds it or restore a backup;"
        f" to begin afresh on purpose, delete “{pointer}”",
    )


def data_of_somebody_else(data: Path, owner: str) -> CannotStart:
    return CannotStart(
        what_zh=f"数据目录“{data}”属于用户“{owner}”",
        do_zh="请以该用户或 root 启动，或更正目录所有权",
        what_en=f"the data folder “{data}” belongs to the user “{owner}”",
        do_en="Start as that user or as root, or correct the folder's ownership",
    )


def data_not_ours(data: Path, found: str) -> CannotStart:
    return CannotStart(
        what_zh=f"目录“{data}”里有别的文件（如“{found}”），不是数据库",
        do_zh="请移走这些文件，或另选一个空目录；系统没有改动其中任何内容",
        what_en=f"the folder “{data}” holds something else (“{found}”, for one), not a database",
        do_en="Move those files away or choose an empty folder; nothing in it was touched",
    )


def data_damaged(data: Path, missing: str) -> CannotStart:
    return CannotStart(
        what_zh=f"数据目录“{data}”不完整：“{missing}”缺失或无法读懂",
        do_zh="请不要改动该目录，从最近的备份恢复后再启动",
        what_en=f"the data folder “{data}” is damaged: “{missing}” is missing or makes no sense",
        do_en="Leave the folder as it is and restore the latest backup before starting",
    )


def foreign_version(data: Path, found: str, ours: int) -> CannotStart:
    return CannotStart(
        what_zh=f"“{data}”是 PostgreSQL {found} 的数据，本程序是 PostgreSQL {ours}",
        do_zh=f"主版本不同不能直接打开：请用 PostgreSQL {found} 导出（pg_dumpall），"
        f"换一个空目录启动后再导入（psql）；或用 PG_BIN 指向 PostgreSQL {found}",
        what_en=f"“{data}” was made by PostgreSQL {found} and this program is PostgreSQL {ours}",
        do_en=f"Another major version means dump and restore: dump it with PostgreSQL {found} (pg_dumpall),"
        f" start with an empty folder and restore there (psql); or point PG_BIN at PostgreSQL {found}",
    )


def mount_point(data: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"“{data}”本身是一个挂载点，不能在其中原子地建库",
        do_zh="请把磁盘挂载到它的上一级目录",
        what_en=f"“{data}” is itself a mount point, so a database cannot be put there in one step",
        do_en="Mount the disk one folder higher",
    )


def no_binaries(where: str) -> CannotStart:
    return CannotStart(
        what_zh=f"找不到 PostgreSQL 程序（{where}）",
        do_zh="请重新安装本系统的依赖，或用 PG_BIN 指向 PostgreSQL 15 以上的 bin 目录，"
        "或用 DATABASE_URL 指向现有数据库",
        what_en=f"PostgreSQL's programs were not found ({where})",
        do_en="Reinstall the product's dependencies, or point PG_BIN at the bin folder of PostgreSQL 15 or"
        " newer, or point DATABASE_URL at a server of your own",
    )


def binaries_unusable(where: Path, why: str) -> CannotStart:
    return CannotStart(
        what_zh=f"“{where}”里的 PostgreSQL 程序不能运行：{why}",
        do_zh="请确认该目录对数据库用户可读可执行、且适合本机系统",
        what_en=f"the PostgreSQL programs in “{where}” do not run: {why}",
        do_en="Make sure the database user may read and run them, and that they fit this machine",
    )


def no_account() -> CannotStart:
    return CannotStart(
        what_zh="以 root 运行时需要一个专用系统用户，而本机既不能新建，也没有可用的用户",
        do_zh="请执行 useradd --system onewindow-db 后重试，或改用普通用户启动",
        what_en="run as root, the database needs a system user; there is none and none could be made",
        do_en="Run useradd --system onewindow-db and try again, or start as an ordinary user",
    )


def nameless_account(uid: int) -> CannotStart:
    return CannotStart(
        what_zh=f"当前用户号 {uid} 在本机没有用户名，数据库无法识别",
        do_zh="请为它建立用户（/etc/passwd），或用 DATABASE_URL 指向现有数据库",
        what_en=f"the user number {uid} has no name on this machine, so the database cannot recognise it",
        do_en="Give it an entry in /etc/passwd, or point DATABASE_URL at a server of your own",
    )


def lock_busy(lock: Path, seconds: float) -> CannotStart:
    return CannotStart(
        what_zh=f"另一个进程正在启动同一个数据库，已等待 {seconds:.0f} 秒（锁文件“{lock}”）",
        do_zh="请稍候再试；若一直如此，请检查是否有卡住的启动进程",
        what_en=f"another process has been starting this database for {seconds:.0f} seconds (“{lock}”)",
        do_en="Try again shortly; if it stays so, look for a start that hangs",
    )


def no_short_path(folder: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"套接字路径过长，在“{folder}”下也放不下（上限 103 字节）",
        do_zh="请选择更短的数据目录，或设置更短的 TMPDIR",
        what_en=f"the socket's path is too long, even under “{folder}” (the limit is 103 bytes)",
        do_en="Choose a shorter folder for the data, or a shorter TMPDIR",
    )


def never_ready(seconds: float, log: Path) -> CannotStart:
    return CannotStart(
        what_zh=f"数据库在 {seconds:.0f} 秒内没有就绪",
        do_zh=f"请查看日志“{log}”；数据没有受损，可以直接重试",
        what_en=f"the database was not ready within {seconds:.0f} seconds",
        do_en=f"Read the log “{log}”; the data is unharmed and starting again is safe",
    )


def from_os_error(error: OSError, folder: Path) -> CannotStart:
    """What the operating system refused, as a sentence; `folder` is named when the error names no path."""
    path = Path(error.filename) if isinstance(error.filename, str) else folder
    if error.errno in NO_ROOM:
        return disk_full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return not_writable(path)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return not_a_folder(path)
    return CannotStart(
        what_zh=f"操作系统拒绝了对“{path}”的操作：{error.strerror}",
        do_zh="请按提示检查磁盘与权限后重试",
        what_en=f"the operating system refused “{path}”: {error.strerror}",
        do_en="Check the disk and the permissions it speaks of, then try again",
    )


def from_server_words(words: str, data: Path, log: Path) -> CannotStart:
    """What PostgreSQL itself said before it gave up, as a sentence."""
    # On a full disk the server's last words reach its log cut off, or not at all: so look for oneself.
    if any(phrase in words for phrase in NO_ROOM_WORDS) or _no_room(data):
        return disk_full(data)
    if "invalid locale name" in words:
        return CannotStart(
            what_zh="本机缺少 C.UTF-8 语言环境，中文检索无法工作",
            do_zh="请安装 C.UTF-8（Debian：apt install libc-bin）后重试",
            what_en="this machine lacks the C.UTF-8 locale, without which Chinese cannot be searched",
            do_en="Install C.UTF-8 (Debian: apt install libc-bin) and try again",
        )
    if "Cannot allocate memory" in words or "could not create shared memory" in words:
        return CannotStart(
            what_zh="本机内存不足，数据库无法启动",
            do_zh="请关闭其他程序或增加内存后重试",
            what_en="there is not enough memory to start the database",
            do_en="Close other programs or add memory, then try again",
        )
    telling = re.findall(r"(?:FATAL|PANIC|ERROR|initdb: error|LOG(?=:\s+(?:invalid|unrecog))):\s*(.+)", words)
    if any("Permission denied" in line for line in telling):
        return not_writable(data)
    # The first complaint is the cause, what follows its consequences.
    said = (telling or words.strip().splitlines()[-1:] or ["…"])[0].strip().rstrip(".")
    return CannotStart(
        what_zh=f"数据库没有启动成功，它说：“{said}”",
        do_zh=f"请查看日志“{log}”，按提示处理后重试",
        what_en=f"the database did not start; it said: “{said}”",
        do_en=f"Read the log “{log}”, mend what it names, and try again",
    )


def _no_room(folder: Path) -> bool:
    """Whether the disk below `folder` has less than a mebibyte to give to an ordinary user."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(existing).free < 1024 * 1024
