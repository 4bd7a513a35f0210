"""AsppNet, written by netc. Images are [N, channels, H, W] with H = 16k, W = 16k."""

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class ConvUnit_1(nn.Module):
    """A convolution with a norm and ReLU."""

    def __init__(self, in_channels, channels):
        super().__init__()
        self.Conv = nn.Conv2d(in_channels, channels, 3, padding=1)
        self.Norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return F.relu(self.Norm(self.Conv(x)))


class DoubleConv(nn.Module):
    """Two of them: the unit of U-Net."""

    def __init__(self, in_channels, channels):
        super().__init__()
        self.ConvUnit = ConvUnit_1(in_channels=in_channels, channels=channels)
        self.ConvUnit_2 = ConvUnit_1(in_channels=channels, channels=channels)

    def forward(self, x):
        return self.ConvUnit_2(self.ConvUnit(x))


class ResConv(nn.Module):
    """Two units beside a projected shortcut; no ReLU after the sum."""

    def __init__(self, in_channels, channels):
        super().__init__()
        self.DoubleConv = DoubleConv(in_channels=in_channels, channels=channels)
        self.Conv = nn.Conv2d(in_channels, channels, 1)
        self.Norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.DoubleConv(x) + self.Norm(self.Conv(x))


class Encoder(nn.Module):
    """A residual unit of each width, and a halving after each: 4 widths make an output stride of 16."""

    def __init__(self):
        super().__init__()
        self.channels_0_ResConv = ResConv(in_channels=3, channels=2)
        self.channels_1_ResConv = ResConv(in_channels=2, channels=3)
        self.channels_2_ResConv = ResConv(in_channels=3, channels=4)
        self.channels_3_ResConv = ResConv(in_channels=4, channels=4)

    def forward(self, map):
        resConv = self.channels_1_ResConv(F.max_pool2d(self.channels_0_ResConv(map), 2))
        map_2 = F.max_pool2d(self.channels_2_ResConv(F.max_pool2d(resConv, 2)), 2)
        return F.max_pool2d(self.channels_3_ResConv(map_2), 2)


class ConvUnit_2(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        self.Conv = nn.Conv2d(in_channels, 3, 1)
        self.Norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return F.relu(self.Norm(self.Conv(x)))


class ConvUnit_3(nn.Module):
    def __init__(self, dilation):
        super().__init__()
        self.Conv = nn.Conv2d(4, 3, 3, padding=dilation, dilation=dilation)
        self.Norm = nn.BatchNorm2d(3)

    def forward(self, x):
        return F.relu(self.Norm(self.Conv(x)))


class Aspp(nn.Module):
    """Atrous spatial pyramid pooling: a 1x1, a 3x3 of each rate and the mean of the whole image, joined and projected."""

    def __init__(self):
        super().__init__()
        self.ConvUnit = ConvUnit_2(in_channels=4)
        self.rate_0_ConvUnit = ConvUnit_3(dilation=6)
        self.rate_1_ConvUnit = ConvUnit_3(dilation=12)
        self.rate_2_ConvUnit = ConvUnit_3(dilation=18)
        self.ConvUnit_2 = ConvUnit_2(in_channels=4)
        self.project = ConvUnit_2(in_channels=15)

    def forward(self, x):
        point = self.ConvUnit(x)
        summary = self.ConvUnit_2(torch.mean(x, dim=(2, 3), keepdim=True))
        pooled = F.interpolate(summary, size=x.shape[2:], mode="bilinear", align_corners=False)
        convUnit = self.rate_0_ConvUnit(x)
        convUnit_2 = self.rate_1_ConvUnit(x)
        convUnit_3 = self.rate_2_ConvUnit(x)
        concat = torch.cat((point, convUnit, convUnit_2, convUnit_3, pooled), dim=1)
        return F.dropout(self.project(concat), 0.5, self.training)


class AsppNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.Encoder = Encoder()
        self.Aspp = Aspp()
        self.Conv = nn.Conv2d(3, 1, 1)

    def forward(self, image):
        conv = self.Conv(self.Aspp(self.Encoder(image)))
        resizeLike = F.interpolate(conv, scale_factor=16, mode="bilinear", align_corners=False)
        return torch.sigmoid(resizeLike)


def load(path):
    """The network with the weights of a safetensors file, ready to predict."""
    model = AsppNet()
    model.load_state_dict(load_file(path))
    return model.eval()
