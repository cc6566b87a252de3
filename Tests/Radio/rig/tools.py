"""The folder that the guest sees as /share: our release binary with the libraries it was linked to, and a script of bleak's."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def gather(binary: Path, image, folder: Path):
    """Copies the binary and those of its libraries that the guest's Debian does not have."""
    if not binary.exists():
        sys.exit(f"{binary} is missing: run 'make build' first")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "lib").mkdir(parents=True)
    shutil.copy(binary, folder / "entrain.bin")
    listing = subprocess.run(["ldd", str(binary)], check=True, capture_output=True, text=True).stdout
    in_guest = {path.name for path in (image.root / "lib").rglob("*.so*")} | {
        path.name for path in (image.root / "usr/lib").rglob("*.so*")}
    for name, path in re.findall(r"(\S+) => (/\S+)", listing):
        if name not in in_guest:
            shutil.copy(path, folder / "lib" / name)
    wrapper = folder / "entrain"
    wrapper.write_text("#!/bin/sh\nexport LD_LIBRARY_PATH=/share/lib\nexec /share/entrain.bin \"$@\"\n")
    wrapper.chmod(0o755)
    for path in (HERE / "guest").glob("*.py"):
        shutil.copy(path, folder)
    shutil.copytree(image.cache / "python", folder / "python")
    return folder
