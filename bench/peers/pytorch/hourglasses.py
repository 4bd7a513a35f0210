"""SegNet, FCN-8s and BCDU-Net in PyTorch, written from their papers (BCDU-Net's sizes from its Keras code) as a second
opinion on models/*.net. Dropout is left out on both sides, as its masks are random. All give logits.
"""

import torch
from torch import nn
from torch.nn.functional import max_pool2d, max_unpool2d


def plain(inputs, outputs, kernel=3):
    return [nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2), nn.ReLU()]


def plain_stack(inputs, *widths):
    """3x3 convolutions with ReLU: the even entries of the sequence are the convolutions."""
    return nn.Sequential(*[m for a, b in zip((inputs, *widths), widths) for m in plain(a, b)])


class SegNet(nn.Module):
    """Widths of each encoder stage are mirrored in its decoder stage; unpooling is at the positions of the maxima."""

    def __init__(self, stages, inputs=3, classes=1):
        super().__init__()
        self.encoder, self.decoder = nn.ModuleList(), nn.ModuleList()
        for number, stage in enumerate(stages):
            widths = [inputs, *stage]
            mirrored = widths[::-1] if number > 0 else widths[:0:-1]
            self.encoder.append(self.stack(widths))
            self.decoder.append(self.stack(mirrored))
            inputs = stage[-1]
        self.last = nn.Conv2d(stages[0][0], classes, 3, padding=1)

    @staticmethod
    def stack(widths):
        layers = []
        for a, b in zip(widths, widths[1:]):
            conv = nn.Conv2d(a, b, 3, padding=1)
            layers.append(nn.ModuleDict({"conv": conv, "norm": nn.BatchNorm2d(b)}))
        return nn.ModuleList(layers)

    def forward(self, x):
        def run(layers, x):
            for layer in layers:
                x = torch.relu(layer["norm"](layer["conv"](x)))
            return x

        positions = []
        for layers in self.encoder:
            x, indices = max_pool2d(run(layers, x), 2, return_indices=True)
            positions.append(indices)
        for layers, indices in zip(reversed(self.decoder), reversed(positions)):
            x = run(layers, max_unpool2d(x, indices, 2))
        return self.last(x)


class FCN8s(nn.Module):
    """VGG16 without batch norm, its dense layers as convolutions; scores of three strides are summed."""

    def __init__(self, base, dense, inputs=3, classes=1):
        super().__init__()
        stages = [(base, 2), (2 * base, 2), (4 * base, 3), (8 * base, 3), (8 * base, 3)]
        self.stages = nn.ModuleList()
        for width, convolutions in stages:
            self.stages.append(plain_stack(inputs, *[width] * convolutions))
            inputs = width
        self.fc6 = nn.Sequential(*plain(inputs, dense, kernel=7))
        self.fc7 = nn.Sequential(*plain(dense, dense, kernel=1))
        score = lambda width: nn.Conv2d(width, classes, 1)
        self.score5, self.score4, self.score3 = score(dense), score(8 * base), score(4 * base)
        upscore = lambda f: nn.ConvTranspose2d(classes, classes, 2 * f, f, f // 2, bias=False)
        self.up5, self.up4, self.up3 = upscore(2), upscore(2), upscore(8)

    def forward(self, x):
        pooled = []
        for stage in self.stages:
            x = max_pool2d(stage(x), 2)
            pooled.append(x)
        scores = self.up5(self.score5(self.fc7(self.fc6(x)))) + self.score4(pooled[3])
        return self.up3(self.up4(scores) + self.score3(pooled[2]))


class ConvLSTM(nn.Module):
    """Shi et al. (2015) without peepholes; gates in the order input, forget, cell, output. Gives the last state."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.drive = nn.Conv2d(inputs, 4 * hidden, 3, padding=1)
        self.feedback = nn.Conv2d(hidden, 4 * hidden, 3, padding=1, bias=False)

    def forward(self, *maps):
        gate = lambda x: torch.clamp(0.2 * x + 0.5, 0, 1)
        hidden = cell = 0
        for number, x in enumerate(maps):
            gates = self.drive(x) + (self.feedback(hidden) if number > 0 else 0)
            i, f, c, o = gates.chunk(4, dim=1)
            cell = gate(f) * cell + gate(i) * torch.tanh(c)
            hidden = gate(o) * torch.tanh(cell)
        return hidden


class BCDUNet(nn.Module):
    """A U with transposed convolutions, densely connected blocks at the bottom and a ConvLSTM on each skip."""

    def __init__(self, base, depth, blocks, inputs=1, classes=1):
        super().__init__()
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        for level in range(depth):
            width = base * 2**level
            self.down.append(plain_stack(inputs, width, width))
            inputs = width
            norm = nn.BatchNorm2d(width, momentum=0.01, eps=1e-3)
            parts = {
                "transposed": nn.ConvTranspose2d(2 * width, width, 2, 2),
                "norm": norm,
                "lstm": ConvLSTM(width, width // 2),
                "pair": plain_stack(width // 2, width, width),
            }
            self.up.append(nn.ModuleDict(parts))
        width = base * 2**depth
        self.dense = nn.ModuleList()
        for number in range(blocks):
            self.dense.append(plain_stack(inputs if number == 0 else number * width, width, width))
        self.two = nn.Sequential(*plain(base, 2))
        self.last = nn.Conv2d(2, classes, 1)

    def forward(self, x):
        skips = []
        for pair in self.down:
            skips.append(pair(x))
            x = max_pool2d(skips[-1], 2)
        earlier = []
        for number, pair in enumerate(self.dense):
            x = pair(torch.cat(earlier, dim=1) if number > 0 else x)
            earlier.insert(0, x)
        for parts, skip in zip(reversed(self.up), reversed(skips)):
            x = torch.relu(parts["norm"](parts["transposed"](x)))
            x = parts["pair"](parts["lstm"](x, skip))
        return self.last(self.two(x))
