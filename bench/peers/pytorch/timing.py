"""The peer of bench/pytorch.mjs: python timing.py NETWORK FOLDER THREADS.

Builds a network of networks.py (16 channels at the top, 4 halvings) and writes its state to FOLDER/state. Then it answers
each line of its input, `train` or `predict`, by one call on the image and mask in FOLDER/batch, both [N, H, W, C]. An
answer is a line of JSON: the seconds of the call and, of a step, the loss before it; a prediction goes to FOLDER/prediction.
"""

import json
import sys
import time

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import binary_cross_entropy_with_logits

from networks import networks


def calls(model, batch):
    """The two calls; an [N, H, W, C] array seen as [N, C, H, W] lies channels last as it is."""
    image, mask = (batch[key].permute(0, 3, 1, 2) for key in ("image", "mask"))
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)

    def train():
        model.train()
        optimiser.zero_grad()
        loss = binary_cross_entropy_with_logits(model(image), mask)
        loss.backward()
        optimiser.step()
        return loss.item()

    @torch.inference_mode()
    def predict():
        model.eval()
        return torch.sigmoid(model(image))

    return {"train": train, "predict": predict}


def main(network, folder, threads):
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    model = networks[network](base=16, depth=4)
    save_file(model.state_dict(), f"{folder}/state")
    answers = calls(model.to(memory_format=torch.channels_last), load_file(f"{folder}/batch"))
    print(json.dumps({"version": torch.__version__}), flush=True)
    for line in sys.stdin:
        call = line.strip()
        begin = time.perf_counter()
        result = answers[call]()
        answer = {"seconds": time.perf_counter() - begin}
        if call == "train":
            answer["loss"] = result
        else:
            save_file({"mask": result.permute(0, 2, 3, 1).contiguous()}, f"{folder}/prediction")
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
