"""Tiny, written by netc. Images are [N, channels, H, W] with H = 2k, W = 2k."""

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class Recurrent(nn.Module):
    """One kernel over the input plus the state."""

    def __init__(self, channels):
        super().__init__()
        self.kernel = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        state = F.relu(self.norm(self.kernel(x)))
        for _ in range(2):
            state = F.relu(self.norm(self.kernel(x + state)))
        return state


class Residual(nn.Module):
    """The projected input plus two recurrent layers of it."""

    def __init__(self, in_channels, channels):
        super().__init__()
        self.project = nn.Conv2d(in_channels, channels, 1)
        self.Recurrent = Recurrent(channels=channels)
        self.Recurrent_2 = Recurrent(channels=channels)

    def forward(self, x):
        u = self.project(x)
        return u + self.Recurrent_2(self.Recurrent(u))


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.Conv = nn.Conv2d(4, 2, 1)
        self.Conv_2 = nn.Conv2d(4, 2, 1)
        self.Conv_3 = nn.Conv2d(2, 1, 1)

    def forward(self, skip, up):
        query = self.Conv(skip) + self.Conv_2(up)
        return torch.cat((skip * torch.sigmoid(self.Conv_3(F.relu(query))), up), dim=1)


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.Residual = Residual(in_channels=3, channels=4)
        self.below = Residual(in_channels=4, channels=8)
        self.Conv = nn.Conv2d(8, 4, 3, padding=1)
        self.Gate = Gate()
        self.last = Residual(in_channels=8, channels=4)
        self.Conv_2 = nn.Conv2d(4, 1, 1)

    def forward(self, image):
        residual = self.Residual(image)
        upsample = F.interpolate(self.below(F.max_pool2d(residual, 2)), scale_factor=2)
        conv_2 = self.Conv_2(self.last(self.Gate(residual, self.Conv(upsample))))
        return torch.sigmoid(conv_2)


def load(path):
    """The network with the weights of a safetensors file, ready to predict."""
    model = Tiny()
    model.load_state_dict(load_file(path))
    return model.eval()
