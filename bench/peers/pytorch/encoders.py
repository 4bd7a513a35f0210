"""Writes what test/peers/encoders.test.ts holds the encoders of models/encoders to: python encoders.py FOLDER.

The networks are built here at any width, under torchvision's names, and held to torchvision's own at its width: the same
names and shapes, and the same maps from the same weights. One file each, all of it computed in double from float32 weights:
  state/<name>      parameters and moments
  image             a batch, [N, H, W, C]; map/<i> the maps of all sizes, the finest first
torchvision.json holds the names and shapes of torchvision's networks, their classifiers too.
"""

import json
import os
import sys

import torch
import torchvision
from safetensors.torch import save_file
from torch import nn

from fixtures import images_last, randomise, settle_moments


def conv(inputs, outputs, kernel, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)


class Unit(nn.Module):
    """Convolutions of these kernels and widths, the `strided` one of them halving, beside a shortcut."""

    def __init__(self, inputs, kernels, widths, stride, strided):
        super().__init__()
        first = inputs
        for number, (kernel, width) in enumerate(zip(kernels, widths), start=1):
            halves = stride if number == strided else 1
            self.add_module(f"conv{number}", conv(inputs, width, kernel, halves))
            self.add_module(f"bn{number}", nn.BatchNorm2d(width))
            inputs = width
        self.count = len(kernels)
        self.downsample = None
        if stride > 1 or first != inputs:
            self.downsample = nn.Sequential(conv(first, inputs, 1, stride), nn.BatchNorm2d(inputs))

    def forward(self, x):
        y = x
        for number in range(1, self.count + 1):
            y = self.get_submodule(f"bn{number}")(self.get_submodule(f"conv{number}")(y))
            y = torch.relu(y) if number < self.count else y
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


def basic(inputs, width, stride):
    return Unit(inputs, (3, 3), (width, width), stride, strided=1), width


def bottleneck(inputs, width, stride):
    return Unit(inputs, (1, 3, 1), (width, width, 4 * width), stride, strided=2), 4 * width


class ResNet(nn.Module):
    def __init__(self, unit, counts, base):
        super().__init__()
        self.conv1, self.bn1 = conv(3, base, 7, 2), nn.BatchNorm2d(base)
        inputs = base
        for layer, count in enumerate(counts):
            units = []
            for number in range(count):
                made, inputs = unit(inputs, base * 2**layer, 2 if layer > 0 and number == 0 else 1)
                units.append(made)
            self.add_module(f"layer{layer + 1}", nn.Sequential(*units))

    def forward(self, x):
        maps = [torch.relu(self.bn1(self.conv1(x)))]
        x = nn.functional.max_pool2d(maps[0], 3, 2, padding=1)
        for layer in range(1, 5):
            x = self.get_submodule(f"layer{layer}")(x)
            maps.append(x)
        return maps


class VGG(nn.Module):
    def __init__(self, base):
        super().__init__()
        layers, inputs, self.ends = [], 3, []
        for stage, count in enumerate((2, 2, 3, 3, 3)):
            width = base * min(2**stage, 8)
            for _ in range(count):
                layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
                inputs = width
            self.ends.append(len(layers))
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)

    def forward(self, x):
        maps = []
        for number, layer in enumerate(self.features, start=1):
            x = layer(x)
            if number in self.ends:
                maps.append(x)
        return maps


# By the name of torchvision's: ours of any width, and what the small one is made with.
networks = {
    "resnet18": (lambda base, counts=(2, 2, 2, 2): ResNet(basic, counts, base), (2, 1, 1, 2)),
    "resnet34": (lambda base, counts=(3, 4, 6, 3): ResNet(basic, counts, base), None),
    "resnet50": (lambda base, counts=(3, 4, 6, 3): ResNet(bottleneck, counts, base), (2, 1, 1, 1)),
    "vgg16_bn": (lambda base: VGG(base), ()),
}


def last_map(model, x):
    """Torchvision's own last map before its classifier, of VGG that before the last pooling."""
    if hasattr(model, "features"):
        return model.features[:-1](x)
    x = model.maxpool(torch.relu(model.bn1(model.conv1(x))))
    return model.layer4(model.layer3(model.layer2(model.layer1(x))))


def hold_to_torchvision(name, build):
    """Fails unless the network of 64 channels is torchvision's. Gives the names and shapes of that."""
    theirs = torchvision.models.get_model(name).eval()
    ours = build(base=64).eval()
    left = ours.load_state_dict(theirs.state_dict(), strict=False)
    assert not left.missing_keys
    assert all(key.startswith(("fc.", "classifier.")) for key in left.unexpected_keys)
    x = torch.randn(1, 3, 64, 96)
    with torch.no_grad():
        assert torch.allclose(ours(x)[-1], last_map(theirs, x), rtol=1e-5, atol=1e-6)
    return {key: list(value.shape) for key, value in theirs.state_dict().items()}


def write_small(build, sizes, path):
    generator = torch.Generator().manual_seed(5)
    model = build(base=2, **({"counts": sizes} if sizes else {})).double()
    randomise(model, generator)
    image = torch.randn((2, 3, 32, 64), generator=generator).float().double()
    settle_moments(model, image)
    model.eval()
    out = {f"state/{k}": v.float() for k, v in model.state_dict().items() if v.is_floating_point()}
    with torch.no_grad():
        out |= {f"map/{i}": images_last(each) for i, each in enumerate(model(image))}
    out["image"] = images_last(image).float()
    save_file({key: value.contiguous() for key, value in out.items()}, path)


def main(folder):
    shapes = {}
    for name, (build, sizes) in networks.items():
        shapes[name] = hold_to_torchvision(name, build)
        if sizes is not None:
            write_small(build, sizes, os.path.join(folder, f"{name}.safetensors"))
    with open(os.path.join(folder, "torchvision.json"), "w") as file:
        tensors = lambda state: ",\n".join(f'    "{key}": {shape}' for key, shape in state.items())
        body = ",\n".join(f'  "{name}": {{\n{tensors(of)}\n  }}' for name, of in shapes.items())
        file.write(f"{{\n{body}\n}}\n")


if __name__ == "__main__":
    main(sys.argv[1])
