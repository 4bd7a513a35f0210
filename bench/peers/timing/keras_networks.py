"""U-Net and R2AU-Net in Keras, with the arithmetic and the names of ../pytorch/networks.py. All give logits, [N, H, W, 1]."""

import keras
from keras import layers, ops


class Builder:
    """The layers by their names in PyTorch's state; one that is asked for again is the same layer."""

    def __init__(self):
        self.convolutions, self.norms = {}, {}

    def conv(self, name, x, channels, kernel=3):
        if name not in self.convolutions:
            self.convolutions[name] = layers.Conv2D(channels, kernel, padding="same")
        return self.convolutions[name](x)

    def norm(self, name, x):
        if name not in self.norms:
            self.norms[name] = layers.BatchNormalization(momentum=0.9, epsilon=1e-5)
        return self.norms[name](x)

    def unit(self, name, x, channels, first=0):
        """A 3x3 convolution, batch norm and ReLU, which are `first` and the next of a sequence."""
        x = self.conv(f"{name}.{first}", x, channels)
        return ops.relu(self.norm(f"{name}.{first + 1}", x))

    def load(self, state):
        for name, layer in self.convolutions.items():
            layer.set_weights([state[f"{name}.weight"].transpose(2, 3, 1, 0), state[f"{name}.bias"]])
        for name, layer in self.norms.items():
            layer.set_weights([state[f"{name}.{key}"] for key in ("weight", "bias", "running_mean", "running_var")])


def conv_block(b, name, x, channels):
    return b.unit(f"{name}.conv", b.unit(f"{name}.conv", x, channels), channels, first=3)


def recurrent_residual_block(b, name, x, channels, steps=2):
    x = layer = b.conv(f"{name}.Conv_1x1", x, channels, kernel=1)
    for i in range(2):
        drive, layer = layer, b.unit(f"{name}.RCNN.{i}.conv", layer, channels)
        for _ in range(steps):
            layer = b.unit(f"{name}.RCNN.{i}.conv", drive + layer, channels)
    return x + layer


def no_gate(_b, _name, _g, x):
    return x


def attention_gate(b, name, g, x):
    inner = x.shape[-1] // 2
    query = [b.norm(f"{name}.{key}.1", b.conv(f"{name}.{key}.0", of, inner, 1)) for key, of in (("W_g", g), ("W_x", x))]
    psi = b.conv(f"{name}.psi.0", ops.relu(query[0] + query[1]), 1, kernel=1)
    return x * ops.sigmoid(b.norm(f"{name}.psi.1", psi))


def network(unit, down, up, gate, base, depth=4):
    b = Builder()
    image = x = keras.Input((None, None, 3))
    skips = []
    for level in range(1, depth + 2):
        x = layers.MaxPooling2D(2)(x) if level > 1 else x
        x = unit(b, f"{down}{level}", x, base * 2 ** (level - 1))
        skips.append(x)
    for level in range(depth + 1, 1, -1):
        channels = base * 2 ** (level - 2)
        x = b.unit(f"Up{level}.up", layers.UpSampling2D(2)(x), channels, first=1)
        skip = gate(b, f"Att{level}", x, skips[level - 2])
        x = unit(b, f"{up}{level}", ops.concatenate((skip, x), axis=-1), channels)
    return keras.Model(image, b.conv("Conv_1x1", x, 1, kernel=1)), b.load


def u_net(base):
    return network(conv_block, "Conv", "Up_conv", no_gate, base)


def r2attu_net(base):
    return network(recurrent_residual_block, "RRCNN", "Up_RRCNN", attention_gate, base)


networks = {"pytorch-unet": u_net, "pytorch-r2attunet": r2attu_net}
