"""Reads a published trust bundle with Python's TUF client, and sees it refuse spoiled ones.

    bundle.py FOLDER        the folder that `absah-issuer bundle publish FOLDER` wrote
"""

import pathlib
import shutil
import sys
import tempfile

from tuf.api.exceptions import DownloadHTTPError, DownloadError, RepositoryError
from tuf.ngclient import Updater
from tuf.ngclient.config import UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

BASE = "http://bundle.invalid/"


class Folder(FetcherInterface):
    """Serves the folder without a server."""

    def __init__(self, folder):
        self.folder = folder

    def _fetch(self, url):
        path = self.folder / url.removeprefix(BASE)
        if not path.is_file():
            raise DownloadHTTPError("not found", 404)
        return iter([path.read_bytes()])


def read(folder, root, names):
    """Refreshes from the folder, trusting `root`, and downloads the files of these names."""
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        (place / "targets").mkdir()
        updater = Updater(
            metadata_dir=str(place),
            metadata_base_url=BASE + "metadata/",
            target_dir=str(place / "targets"),
            target_base_url=BASE + "targets/",
            fetcher=Folder(folder),
            config=UpdaterConfig(prefix_targets_with_hash=True),
            bootstrap=root,
        )
        updater.refresh()
        sizes = {}
        for name in names:
            info = updater.get_targetinfo(name)
            if info is None:
                raise RepositoryError(f"{name} is not a target")
            target = place / "targets" / name.replace("/", "_")
            sizes[name] = pathlib.Path(updater.download_target(info, str(target))).stat().st_size
        return sizes


def main():
    folder = pathlib.Path(sys.argv[1])
    root = (folder / "metadata/1.root.json").read_bytes()
    files = [path.relative_to(folder / "targets") for path in (folder / "targets").rglob("*") if path.is_file()]
    # Without the hash in front of the last part.
    names = sorted(str(path.with_name(path.name.split(".", 1)[1])) for path in files)
    assert any(name.startswith("status/") for name in names), names
    for name, size in read(folder, root, names).items():
        print(f"read {name} {size}")
    refused = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        relative = path.relative_to(folder)
        # The client has its first root already and does not ask for it.
        if relative.name == "1.root.json":
            continue
        with tempfile.TemporaryDirectory() as place:
            spoiled = pathlib.Path(place) / "bundle"
            shutil.copytree(folder, spoiled)
            bytes_ = bytearray((spoiled / relative).read_bytes())
            bytes_[len(bytes_) // 2] ^= 1
            (spoiled / relative).write_bytes(bytes_)
            for change in ("altered", "missing"):
                if change == "missing":
                    (spoiled / relative).unlink()
                try:
                    read(spoiled, root, names)
                except (RepositoryError, DownloadError) as error:
                    refused += 1
                    print(f"refused {relative} {change}: {type(error).__name__}")
                else:
                    sys.exit(f"{relative} {change} was believed")
    print(f"{len(names)} read, {refused} spoiled refused")


main()
