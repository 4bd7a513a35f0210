"""The peer of bench/pytorch.mjs: python timing.py NETWORK WEIGHTS BATCH THREADS.

Builds a network of networks.py (16 channels at the top, 4 halvings) with the state in WEIGHTS, and answers each line of its
input, `train` or `predict`, by one call on the image and mask in BATCH, both [N, H, W, C]. An answer is a line of JSON:
the seconds of the call, and the loss before the step, or where the prediction was written.
"""

import json
import sys
import time

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import binary_cross_entropy_with_logits

from networks import networks


def build(name, weights):
    model = networks[name](base=16, depth=4)
    missing = model.load_state_dict(load_file(weights), strict=False).missing_keys
    lacking = [key for key in missing if not key.endswith("num_batches_tracked")]
    if lacking:
        raise KeyError(f"{weights} lacks {lacking}")
    return model.to(memory_format=torch.channels_last)


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


def main(name, weights, batch, threads):
    torch.set_num_threads(int(threads))
    answers = calls(build(name, weights), load_file(batch))
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        call = line.strip()
        begin = time.perf_counter()
        result = answers[call]()
        answer = {"seconds": time.perf_counter() - begin}
        if call == "train":
            answer["loss"] = result
        else:
            answer["file"] = f"{batch}.prediction"
            save_file({"mask": result.permute(0, 2, 3, 1).contiguous()}, answer["file"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
