"""One training as a search sees it: begun or continued, watched by its validations, stopped where it is not worth its time."""
import argparse
import fcntl
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

METRICS = ("f1", "jaccard", "rocAuc", "prAuc", "ac", "loss")


def parser(doc):
    """The command line that all searches have."""
    words = argparse.ArgumentParser(description=doc.splitlines()[0])
    words.add_argument("experiment", type=Path)
    words.add_argument("--out", type=Path, required=True, help="the folder of the search and its runs")
    words.add_argument("--trials", type=int, default=20, help="how many in all, earlier sessions included")
    words.add_argument("--startup", type=int, default=5, help="trials before the first may be pruned")
    words.add_argument("--every", type=int, required=True, help="steps between two validations")
    words.add_argument("--metric", default="f1", choices=METRICS, help="what a validation is judged by")
    words.add_argument("--set", action="append", default=[], help="key=value in all trials, as for netc train")
    words.add_argument("--netc", default=os.environ.get("NETC", "netc"), help="the command")
    return words


def request(given):
    """What all runs of a search have in common, from its command line."""
    return {
        "netc": shlex.split(given.netc),
        "experiment": str(given.experiment),
        "folder": str(given.out),
        "common": [*given.set, f"validation.every={given.every}", f"validation.metric={given.metric}"],
        "cwd": os.getcwd(),
    }


class Failed(Exception):
    """netc ended with an error, which is the message."""


class Run:
    """`netc train` in a folder named by its settings, so that the same settings continue the same run.

    settings: by key what --set gives in this run; the others are those of `request`.
    """

    def __init__(self, settings, netc, experiment, folder, common, cwd):
        name = hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:12]
        self.cwd = cwd
        self.folder = Path(cwd, folder, name)
        pairs = [*common, *(f"{key}={value}" for key, value in settings.items())]
        sets = [word for pair in pairs for word in ("--set", pair)]
        self.command = [*netc, "train", experiment, "--json", "--out", str(self.folder), *sets]
        self.process = None

    def __enter__(self):
        resume = ["--resume"] if (self.folder / "experiment.yaml").exists() else []
        self.answer = tempfile.TemporaryFile("w+")
        with open(f"{self.folder}.log", "a") as log:
            # A session of its own: Ctrl-C reaches netc once, through stop().
            self.process = subprocess.Popen(
                self.command + resume, cwd=self.cwd, stdout=self.answer, stderr=log, start_new_session=True
            )
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """netc ends after its step and leaves a checkpoint."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def validations(self):
        """Each validation of the run as soon as netc has logged it, {step, f1, ...}, also those of earlier sessions."""
        last = 0
        while True:
            has_ended = self.process.poll() is not None
            for validation in self.logged():
                if validation["step"] > last:
                    last = validation["step"]
                    yield validation
            if has_ended and not self.waits_for_another():
                return
            time.sleep(0.5)

    def logged(self):
        log = self.folder / "log.jsonl"
        # What follows the last end of a line is still being written.
        lines = log.read_text().split("\n")[:-1] if log.exists() else []
        records = [json.loads(line) for line in lines if "validation" in line]
        return [record["validation"] for record in records]

    def waits_for_another(self):
        """Where a search was killed, its netc may still be training in the folder; then this one begins once that has ended."""
        error = self.error()
        if self.process.returncode != 1 or "is being written by process" not in error:
            return False
        # Whether a process of another computer lives is not known: its lock may stay for ever.
        if "cannot be seen from" in error:
            return False
        print(f"waiting: {error.strip()}", file=sys.stderr)
        time.sleep(5)
        self.__enter__()
        return True

    def outcome(self):
        """What `netc train --json` says at the end, {steps, completed, best: {step, value}, ...}. Raises `Failed`."""
        if self.process.wait() != 0:
            raise Failed(self.error())
        return self.printed()

    def best(self):
        """The best validation score of the run once it has ended. Raises `Failed`."""
        best = self.outcome()["best"]
        if best is None:
            raise Failed("no validation gave a score")
        return best["value"]

    def printed(self):
        self.answer.seek(0)
        return json.loads(self.answer.read() or "{}")

    def error(self):
        said = self.printed()
        told = [one["message"] for one in said.get("diagnostics", []) if one["severity"] == "error"]
        told += [said["error"]["message"]] if "error" in said else []
        return "; ".join(told).replace("\n", "; ") or f"netc ended with status {self.process.returncode}: {self.folder}.log"


def evaluated(netc, folder):
    """The scores of a run on its test images, by `netc evaluate --json`."""
    done = subprocess.run([*netc, "evaluate", str(folder), "--json"], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"netc evaluate {folder} ended with status {done.returncode}")
    return json.loads(done.stdout)["metrics"]


def claim(given, what):
    """Takes the folder of a search for this process until the result is closed; a search is continued only as it was begun.

    what: what the search is, beside what all its runs have in common.
    """
    netc = request(given)["netc"]
    if shutil.which(netc[0]) is None:
        sys.exit(f"there is no {netc[0]}: say what runs netc by --netc or NETC")
    if not given.experiment.is_file():
        sys.exit(f"{given.experiment}: there is no such experiment")
    given.out.mkdir(parents=True, exist_ok=True)
    lock = open(given.out / "search.lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"another search is running in {given.out}")
    path = given.out / "search.json"
    common = {"set": request(given)["common"], "experiment": given.experiment.read_text()}
    text = json.dumps({**what, **common}, indent=2)
    if path.exists() and path.read_text() != text:
        sys.exit(f"{path} says that this search was begun otherwise: name another folder by --out")
    path.write_text(text)
    return lock
