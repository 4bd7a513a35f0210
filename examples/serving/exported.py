"""What surrounds a network that `netc export --with-preprocessing` wrote: an image to its inputs, its output to a mask.

Everything comes from the metadata of the export: docs/export.md of netc lists its keys.
"""
import json
import sys

import numpy as np
from PIL import Image, ImageOps

KEYS = ("inputs", "outputs", "sizes", "threshold", "preprocessing", "postprocess")


def arguments(doc, least):
    """The words of the command line; ends with the usage, the first line of `doc`, where there are too few or many."""
    words = sys.argv[1:]
    if not least <= len(words) <= least + 1:
        print(doc.splitlines()[0], file=sys.stderr)
        sys.exit(2)
    return words


class Exported:
    """One exported network. Whatever it cannot do as netc does ends the program with the reason."""

    @classmethod
    def of_file(cls, path):
        """By `netc.json`."""
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    @classmethod
    def of_onnx(cls, texts):
        """By the metadata of an ONNX file: JSON by key."""
        return cls({key: json.loads(texts[key]) for key in KEYS})

    def __init__(self, metadata):
        self.metadata = metadata
        if not (metadata["preprocessing"] or {}).get("included"):
            raise SystemExit("the network takes prepared images: export a run --with-preprocessing")
        if metadata["inputs"][0]["layout"] != "NHWC":
            raise SystemExit("the network takes images as [N, C, H, W]: export it without --layout")
        outputs = metadata["outputs"]
        # The output that the run scores names its channels.
        self.output = next((one["name"] for one in outputs if "channels" in one), outputs[0]["name"])

    def inputs(self, image, fov=None):
        """The inputs by name, float32 [1, H, W, C], of an image file and that of its field of view."""
        first, *others = self.metadata["inputs"]
        values = read(image, {1: "L", 3: "RGB"}.get(first["shape"][3]))
        self.size = values.shape[:2]
        self.inside = None
        feeds = {first["name"]: self.mirrored(values)}
        if others and fov is None:
            raise SystemExit("the network was trained inside fields of view: give that of the image")
        if fov is not None and not others:
            raise SystemExit("the network was trained without fields of view: leave it out")
        for other in others:
            inside = read_field(fov)
            if inside.shape[:2] != self.size:
                raise SystemExit(f"{fov} has another size than {image}")
            self.inside = inside[:, :, 0] > 0
            feeds[other["name"]] = self.extended(inside)
        return feeds

    def margins(self):
        """How many rows and columns are missing to the next size that the network takes."""
        axes = self.metadata["inputs"][0]["shape"][1:3]
        return [missing(self.allowed(axis), n) for axis, n in zip(axes, self.size)]

    def allowed(self, axis):
        """Which sizes an axis may have: those of its symbol, or just the one."""
        return self.metadata["sizes"][axis] if isinstance(axis, str) else {"only": axis}

    def mirrored(self, values):
        """Batch of one, mirrored at the lower and right edge to the next size that the network takes."""
        rows, columns = self.margins()
        return np.pad(values, [(0, rows), (0, columns), (0, 0)], mode="reflect")[None]

    def extended(self, values):
        """The same for a field of view: what is added lies outside."""
        rows, columns = self.margins()
        return np.pad(values, [(0, rows), (0, columns), (0, 0)])[None]

    def mask(self, probabilities):
        """What is found in probabilities [1, H, W, C] of the last image: 0 and 255, or several classes' numbers, uint8 [H, W]."""
        height, width = self.size
        found = self.labels(np.asarray(probabilities, np.float32)[0])
        if any(self.margins()):
            expected = tuple(n + more for n, more in zip(self.size, self.margins()))
            if found.shape != expected:
                raise SystemExit(f"the output is {found.shape} for an image of {expected}: it cannot be cropped")
            found = found[:height, :width]
        if self.metadata["postprocess"]:
            print(f"netc predict also does {self.metadata['postprocess']}", file=sys.stderr)
        # Where the run resizes images, the mask has not the size of the field of view.
        is_inside = self.inside is not None and self.inside.shape == found.shape
        return np.where(self.inside, found, 0).astype(np.uint8) if is_inside else found

    def write_mask(self, probabilities, path):
        """Writes `mask` as a picture."""
        Image.fromarray(self.mask(probabilities)).save(path)

    def labels(self, probabilities):
        if probabilities.shape[2] > 1:
            return probabilities.argmax(axis=2).astype(np.uint8)
        threshold = self.metadata["threshold"]
        if threshold is None:
            raise SystemExit("the threshold is not chosen yet: run netc evaluate, then export again")
        return np.where(probabilities[:, :, 0] >= threshold, 255, 0).astype(np.uint8)


def missing(size, n):
    """How much must be added to n for multipleOf k + plus, at least `least`."""
    if "only" in size:
        if n > size["only"]:
            raise SystemExit(f"the network takes {size['only']} rows or columns, and the image has {n}")
        return size["only"] - n
    least = max(n, size["least"])
    return least + (size["plus"] - least) % size["multipleOf"] - n


def read(path, mode):
    """Values from 0 to 255, float32 [H, W, C], as netc reads a file with 8 bits a channel: rotated as EXIF says."""
    if mode is None:
        raise SystemExit("only images of one or three channels are read here")
    picture = Image.open(path)
    # Pillow cuts colours of 16 bits down to 8, and says it only here.
    is_deep = any(";16" in str(tile[-1]) for tile in picture.tile)
    readable = {"L": ("L", "1"), "RGB": ("RGB", "P", "L", "1")}[mode]
    if is_deep or picture.mode not in readable or "transparency" in picture.info:
        raise SystemExit(f"{path}: save it as {mode} with 8 bits a channel and without transparency")
    values = np.asarray(ImageOps.exif_transpose(picture).convert(mode), np.float32)
    return values[:, :, None] if mode == "L" else values


def read_field(path):
    """A field of view, float32 [H, W, 1]: 1 where its picture is above 0."""
    values = np.asarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB"))
    return (values.max(axis=2, keepdims=True) > 0).astype(np.float32)
