"""The U-Net family in PyTorch, with the state-dict names of the implementation in wide use.

Written from the papers and from those names alone, as a second opinion on models/*.net: the four networks are U-Net,
R2U-Net, Attention U-Net and R2AU-Net. Level 1 is the finest; `depth` halvings lead to level `depth + 1`. All give logits.
"""

import torch
from torch import nn


def conv(inputs, outputs, kernel=3):
    return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)


class ConvBlock(nn.Module):
    """Two 3x3 convolutions, each with batch norm and ReLU: the unit of U-Net."""

    def __init__(self, inputs, outputs):
        super().__init__()
        first = [conv(inputs, outputs), nn.BatchNorm2d(outputs), nn.ReLU()]
        self.conv = nn.Sequential(
            *first, conv(outputs, outputs), nn.BatchNorm2d(outputs), nn.ReLU()
        )

    def forward(self, x):
        return self.conv(x)


class RecurrentBlock(nn.Module):
    """h = f(x), then `steps` times h = f(x + h), with one kernel and one batch norm."""

    def __init__(self, channels, steps):
        super().__init__()
        self.steps = steps
        self.conv = nn.Sequential(conv(channels, channels), nn.BatchNorm2d(channels), nn.ReLU())

    def forward(self, x):
        state = self.conv(x)
        for _ in range(self.steps):
            state = self.conv(x + state)
        return state


class RecurrentResidualBlock(nn.Module):
    """A projection plus two recurrent layers of it: the unit of R2U-Net."""

    def __init__(self, inputs, outputs, steps=2):
        super().__init__()
        self.Conv_1x1 = conv(inputs, outputs, kernel=1)
        self.RCNN = nn.Sequential(RecurrentBlock(outputs, steps), RecurrentBlock(outputs, steps))

    def forward(self, x):
        x = self.Conv_1x1(x)
        return x + self.RCNN(x)


class UpConv(nn.Module):
    """Nearest upsampling by two, a 3x3 convolution, batch norm, ReLU."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.up = nn.Sequential(
            nn.Upsample(scale_factor=2), conv(inputs, outputs), nn.BatchNorm2d(outputs), nn.ReLU()
        )

    def forward(self, x):
        return self.up(x)


class AttentionBlock(nn.Module):
    """The additive gate: the coarse features g decide where the skip x passes."""

    def __init__(self, channels, inner):
        super().__init__()
        self.W_g = nn.Sequential(conv(channels, inner, kernel=1), nn.BatchNorm2d(inner))
        self.W_x = nn.Sequential(conv(channels, inner, kernel=1), nn.BatchNorm2d(inner))
        self.psi = nn.Sequential(conv(inner, 1, kernel=1), nn.BatchNorm2d(1), nn.Sigmoid())

    def forward(self, g, x):
        return x * self.psi(torch.relu(self.W_g(g) + self.W_x(x)))


class Network(nn.Module):
    """A U of `Unit` under the names `down` and `up`, with attention gates where `attention` says so."""

    def __init__(self, Unit, down, up, attention, base, depth, inputs=3, classes=1):
        super().__init__()
        self.down, self.up, self.attention, self.depth = down, up, attention, depth
        width = [base * 2**level for level in range(depth + 1)]
        for level, channels in enumerate(width, start=1):
            self.add_module(f"{down}{level}", Unit(inputs, channels))
            inputs = channels
        for level in range(depth + 1, 1, -1):
            channels = width[level - 2]
            self.add_module(f"Up{level}", UpConv(2 * channels, channels))
            if attention:
                self.add_module(f"Att{level}", AttentionBlock(channels, channels // 2))
            self.add_module(f"{up}{level}", Unit(2 * channels, channels))
        self.Conv_1x1 = conv(base, classes, kernel=1)

    def forward(self, x):
        skips = []
        for level in range(1, self.depth + 2):
            x = nn.functional.max_pool2d(x, 2) if level > 1 else x
            x = self.get_submodule(f"{self.down}{level}")(x)
            skips.append(x)
        for level in range(self.depth + 1, 1, -1):
            x = self.get_submodule(f"Up{level}")(x)
            skip = skips[level - 2]
            if self.attention:
                skip = self.get_submodule(f"Att{level}")(g=x, x=skip)
            x = self.get_submodule(f"{self.up}{level}")(torch.cat((skip, x), dim=1))
        return self.Conv_1x1(x)


def u_net(**sizes):
    return Network(ConvBlock, "Conv", "Up_conv", False, **sizes)


def r2u_net(**sizes):
    return Network(RecurrentResidualBlock, "RRCNN", "Up_RRCNN", False, **sizes)


def attention_u_net(**sizes):
    return Network(ConvBlock, "Conv", "Up_conv", True, **sizes)


def r2attu_net(**sizes):
    return Network(RecurrentResidualBlock, "RRCNN", "Up_RRCNN", True, **sizes)


# By the name of the map in models/maps that reads the state.
networks = {
    "pytorch-unet": u_net,
    "pytorch-r2unet": r2u_net,
    "pytorch-attention-unet": attention_u_net,
    "pytorch-r2attunet": r2attu_net,
}
