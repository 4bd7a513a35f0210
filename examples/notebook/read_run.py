"""Reads what netc wrote into the folder of a run, as plain values and NumPy arrays: docs/notebook.md of netc shows how."""
import json
import math
from pathlib import Path

import numpy as np
from PIL import Image


class Unreadable(Exception):
    """A file that is missing or damaged, named in the message."""


class Run:
    """The folder of a run, or one with other scores of it: `RUN/evaluations/NAME`.

    Each property reads its file when it is asked for, so that a training may be followed. A score that is undefined is NaN.
    Whatever cannot be read raises `Unreadable`.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        marks = ("experiment.yaml", "metrics.json")
        if not any((self.folder / mark).is_file() for mark in marks):
            raise Unreadable(f"{folder} is not the folder of a run: it has neither {' nor '.join(marks)}")

    @property
    def report(self):
        """All that `netc evaluate` says, as in metrics.json: also `threshold`, `classes` and what was scored. Undefined is None."""
        return self.json("metrics.json", {"metrics": dict, "perImage": list})

    @property
    def scores(self):
        """Scores by name, pooled over the pixels of all images: {"f1": 0.81, ...}."""
        return defined(self.report["metrics"], self.folder / "metrics.json")

    @property
    def images(self):
        """Scores of each image: [{"id": "01", "f1": 0.79, ...}, ...]."""
        path, images = self.folder / "metrics.json", self.report["perImage"]
        if not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in images):
            raise Unreadable(f"{path} is damaged: it has an image without an id")
        return [{"id": id, **defined(scores, path)} for id, scores in map(apart, images)]

    @property
    def losses(self):
        """A record for each step: [{"step": 1, "loss": 0.69, "learningRate": 0.003, "seconds": 0.4}, ...]. NaN where it was skipped."""
        return self.logged("loss")

    @property
    def validations(self):
        """A record for each validation: [{"step": 40, "f1": 0.71, "loss": 0.31, ...}, ...]. Empty where there were none."""
        return self.logged("validation")

    @property
    def roc(self):
        """By class: {"area": 0.98, "fpr": [...], "tpr": [...], "threshold": [...]}, the lists as arrays."""
        return self.curves("scores/roc.json", ("fpr", "tpr", "threshold"))

    @property
    def pr(self):
        """By class: {"area": 0.91, "recall": [...], "precision": [...], "threshold": [...]}, the lists as arrays."""
        return self.curves("scores/pr.json", ("recall", "precision", "threshold"))

    def probabilities(self, id):
        """Probabilities of the foreground of a scored image, in steps of 1/255: float32 [H, W]. 0 outside the field of view."""
        return self.picture(id, "", "L").astype(np.float32) / 255

    def overlay(self, id):
        """A scored image with true positives green, false positives red, false negatives blue: uint8 [H, W, 3]."""
        return self.picture(id, "-overlay", "RGB")

    def picture(self, id, ending, mode):
        ids = [one["id"] for one in self.images]
        if id not in ids:
            more = ["..."] if len(ids) > 8 else []
            raise Unreadable(f"{self.folder} has no scores of an image {id!r}: it has {', '.join(ids[:8] + more)}")
        path = self.folder / "predictions" / f"{id}{ending}.png"
        try:
            with Image.open(path) as picture:
                values, found = np.asarray(picture), picture.mode
        except FileNotFoundError:
            raise Unreadable(f"{path} is missing: `netc evaluate` writes it") from None
        # Pillow raises SyntaxError and ValueError too where a PNG is damaged.
        except (OSError, SyntaxError, ValueError) as error:
            raise Unreadable(f"{path} is damaged: {error}") from None
        if found != mode:
            raise Unreadable(f"{path} is damaged: its pixels are {found}, and netc writes {mode}")
        return values

    def curves(self, name, columns):
        found = self.json(name, {"curves": list})["curves"]
        try:
            return {
                one["name"]: {
                    "area": number(one["area"]),
                    **{key: np.array([number(point[key]) for point in one["points"]]) for key in columns},
                }
                for one in found
            }
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{self.folder / name} is damaged: {error!r}") from None

    def logged(self, kind):
        """The losses or the validations of log.jsonl. Its last line is left out where it is still being written."""
        path, text = self.text("log.jsonl", "netc train")
        records = []
        for at, line in enumerate(text.split("\n")[:-1], 1):
            place = f"{path}:{at}"
            record = parsed(line, place)
            found = next((key for key in ("validation", "loss") if isinstance(record, dict) and key in record), None)
            told = record[found] if found == "validation" else record
            if found is None or not isinstance(told, dict) or "step" not in told:
                raise Unreadable(f"{place} is damaged: it tells neither a step's loss nor a validation")
            if found == kind:
                records.append(defined(told, place))
        return records

    def json(self, name, parts):
        """An object that has parts of these types."""
        path, text = self.text(name, "netc evaluate")
        found = parsed(text, path)
        for key, kind in parts.items():
            if not isinstance(found, dict) or not isinstance(found.get(key), kind):
                raise Unreadable(f"{path} is damaged: it has no {key}")
        return found

    def text(self, name, writer):
        path = self.folder / name
        try:
            return path, path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise Unreadable(f"{path} is missing: `{writer}` writes it") from None
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{path} cannot be read: {error}") from None


def parsed(text, place):
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{place} is damaged: {error}") from None


def number(value):
    """A number of a JSON file; null, which stands for undefined, is NaN."""
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{value!r} is no number")
    return value


def defined(record, place):
    """A record of numbers with NaN for what is undefined."""
    try:
        return {key: number(value) for key, value in record.items()}
    except TypeError as error:
        raise Unreadable(f"{place} is damaged: {error}") from None


def apart(image):
    """The id of an image and its scores."""
    return image["id"], {key: value for key, value in image.items() if key != "id"}
