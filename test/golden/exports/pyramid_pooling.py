"""PyramidNet, written by netc. Images are [N, channels, H, W]."""

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class ConvUnit_kernel3(nn.Module):
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
        self.ConvUnit = ConvUnit_kernel3(in_channels=in_channels, channels=channels)
        self.ConvUnit_2 = ConvUnit_kernel3(in_channels=channels, channels=channels)

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


class ConvUnit_kernel1(nn.Module):
    def __init__(self):
        super().__init__()
        self.Conv = nn.Conv2d(4, 1, 1)
        self.Norm = nn.BatchNorm2d(1)

    def forward(self, x):
        return F.relu(self.Norm(self.Conv(x)))


class PyramidPooling(nn.Module):
    """Pyramid pooling: the means of 1, 2x2, 3x3 and 6x6 regions, each projected, beside the map that they are of."""

    def __init__(self):
        super().__init__()
        self.size_0_ConvUnit = ConvUnit_kernel1()
        self.size_1_ConvUnit = ConvUnit_kernel1()
        self.size_2_ConvUnit = ConvUnit_kernel1()
        self.size_3_ConvUnit = ConvUnit_kernel1()

    def forward(self, x):
        mean = F.adaptive_avg_pool2d(F.adaptive_avg_pool2d(x, (1, None)), (None, 1))
        level = self.size_0_ConvUnit(mean)
        resizeLike = F.interpolate(level, size=x.shape[2:], mode="bilinear", align_corners=False)
        mean_2 = F.adaptive_avg_pool2d(F.adaptive_avg_pool2d(x, (2, None)), (None, 2))
        level_2 = self.size_1_ConvUnit(mean_2)
        resizeLike_2 = F.interpolate(
            level_2, size=x.shape[2:], mode="bilinear", align_corners=False
        )
        mean_3 = F.adaptive_avg_pool2d(F.adaptive_avg_pool2d(x, (3, None)), (None, 3))
        level_3 = self.size_2_ConvUnit(mean_3)
        resizeLike_3 = F.interpolate(
            level_3, size=x.shape[2:], mode="bilinear", align_corners=False
        )
        mean_4 = F.adaptive_avg_pool2d(F.adaptive_avg_pool2d(x, (6, None)), (None, 6))
        level_4 = self.size_3_ConvUnit(mean_4)
        resizeLike_4 = F.interpolate(
            level_4, size=x.shape[2:], mode="bilinear", align_corners=False
        )
        concat = torch.cat((x, resizeLike, resizeLike_2, resizeLike_3, resizeLike_4), dim=1)
        return concat


class PyramidNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.channels_0_ResConv = ResConv(in_channels=3, channels=2)
        self.channels_1_ResConv = ResConv(in_channels=2, channels=3)
        self.channels_2_ResConv = ResConv(in_channels=3, channels=4)
        self.channels_3_ResConv = ResConv(in_channels=4, channels=4)
        self.PyramidPooling = PyramidPooling()
        self.ConvUnit = ConvUnit_kernel3(in_channels=8, channels=4)
        self.Conv = nn.Conv2d(4, 1, 1)

    def forward(self, image):
        resConv = self.channels_1_ResConv(F.max_pool2d(self.channels_0_ResConv(image), 2))
        maxPool = F.max_pool2d(self.channels_2_ResConv(F.max_pool2d(resConv, 2)), 2)
        pyramidPooling = self.PyramidPooling(F.max_pool2d(self.channels_3_ResConv(maxPool), 2))
        spatialDropout = F.dropout2d(self.ConvUnit(pyramidPooling), 0.1, self.training)
        conv = self.Conv(spatialDropout)
        resizeLike = F.interpolate(conv, size=image.shape[2:], mode="bilinear", align_corners=False)
        return torch.sigmoid(resizeLike)


def load(path):
    """The network with the weights of a safetensors file, ready to predict."""
    model = PyramidNet()
    model.load_state_dict(load_file(path))
    return model.eval()
