"""ONNX Runtime, fed by netc's own export: python ort_side.py NAME NETWORK BASE FOLDER THREADS. It predicts only."""

import sys

import onnxruntime

from protocol import serve


class Side:
    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self.session = onnxruntime.InferenceSession(
            f"{folder}/network.onnx", options, providers=["CPUExecutionProvider"]
        )

    def load(self):
        """Its weights never change."""

    def predict(self, batch):
        inputs = {"image": batch["image"]}
        return lambda: self.session.run(None, inputs)[0]

    @staticmethod
    def mask(result):
        return result


def main(name, _network, _base, folder, threads):
    description = f"ONNX Runtime {onnxruntime.__version__}, {threads} thread(s), netc's own export"
    serve(description, Side(folder, int(threads)), folder, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
