"""PyTorch: python torch_side.py NAME NETWORK BASE FOLDER THREADS, where NAME is `eager` or `compile`."""

import copy
import pathlib
import sys

import torch
from safetensors.torch import load_file
from torch.nn.functional import binary_cross_entropy_with_logits

from protocol import serve

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "pytorch"))
from networks import networks  # noqa: E402


class Side:
    def __init__(self, compiled, network, base, folder):
        self.compiled, self.state = compiled, f"{folder}/state"
        self.model = networks[network](base=base, depth=4).to(memory_format=torch.channels_last)
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=1e-3, fused=True)
        self.loss = self.faster(self.loss_of)
        self.predictor = None
        self.load()

    def faster(self, function, **options):
        return torch.compile(function, dynamic=False, options=options) if self.compiled else function

    def load(self):
        # The state has all but the counters of batches, which are only of use without a momentum.
        counters = {name: tensor for name, tensor in self.model.state_dict().items() if "num_batches" in name}
        self.model.load_state_dict({**counters, **load_file(self.state)})
        for slots in self.optimiser.state.values():
            for slot in slots.values():
                slot.zero_()

    def loss_of(self, image, mask):
        return binary_cross_entropy_with_logits(self.model(image), mask)

    @staticmethod
    def tensor(array):
        """An [N, H, W, C] array seen as [N, C, H, W] lies channels last as it is."""
        return torch.from_numpy(array).permute(0, 3, 1, 2)

    def warm(self, batch):
        """The compiler is loaded by something small: a network takes it minutes, at each size anew."""
        self.faster(lambda x: torch.relu(x).sum())(torch.ones(8, 8, requires_grad=True)).backward()
        self.step(self.loss_of, batch)()

    def train(self, batch):
        return self.step(self.loss, batch)

    def step(self, loss_of, batch):
        image, mask = self.tensor(batch["image"]), self.tensor(batch["mask"])
        self.model.train()

        def step():
            self.optimiser.zero_grad()
            loss = loss_of(image, mask)
            loss.backward()
            self.optimiser.step()
            return loss.item()

        return step

    def predict(self, batch):
        image = self.tensor(batch["image"])
        if self.predictor is None:
            model = copy.deepcopy(self.model).eval()
            # Freezing takes the weights as constants: batch norm is folded and kernels are laid out ahead.
            self.predictor = self.faster(lambda x: torch.sigmoid(model(x)), freezing=True)
        # A compiled function takes no inference tensors where it is frozen.
        mode = torch.no_grad if self.compiled else torch.inference_mode

        def call():
            with mode():
                return self.predictor(image)

        return call

    @staticmethod
    def mask(result):
        return result.permute(0, 2, 3, 1).contiguous().numpy()


def main(name, network, base, folder, threads):
    torch.set_num_threads(int(threads))
    side = Side(name == "compile", network, int(base), folder)
    how = "torch.compile, frozen for prediction" if side.compiled else "eager"
    serve(f"PyTorch {torch.__version__}, {how}, {threads} thread(s), channels last, fused Adam", side, folder, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
