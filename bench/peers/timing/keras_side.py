"""Keras on TensorFlow: python keras_side.py NAME NETWORK BASE FOLDER THREADS, where NAME is `keras` (a graph) or `xla`."""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from safetensors.numpy import load_file  # noqa: E402

from keras_networks import networks  # noqa: E402
from protocol import serve  # noqa: E402


class Side:
    def __init__(self, xla, network, base, folder):
        self.xla, self.state = xla, f"{folder}/state"
        self.model, self.load_weights = networks[network](base)
        self.optimiser = keras.optimizers.Adam(1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8)
        self.optimiser.build(self.model.trainable_variables)
        self.step = tf.function(self.step_of, autograph=False, jit_compile=xla)
        self.predictor = tf.function(self.mask_of, autograph=False, jit_compile=xla)
        self.load()

    def load(self):
        self.load_weights(load_file(self.state))
        for variable in self.optimiser.variables:
            if not variable.path.endswith("learning_rate"):
                variable.assign(tf.zeros_like(variable))

    def step_of(self, image, mask):
        variables = self.model.trainable_variables
        with tf.GradientTape() as tape:
            logits = self.model(image, training=True)
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(mask, logits))
        self.optimiser.apply(tape.gradient(loss, variables), variables)
        return loss

    def mask_of(self, image):
        return tf.sigmoid(self.model(image, training=False))

    def warm(self, batch):
        """XLA is loaded by something small: a network takes it long, at each size anew."""
        tf.function(tf.nn.relu, jit_compile=self.xla)(tf.ones((8, 8)))
        tf.function(self.step_of, autograph=False)(*self.tensors(batch))

    @staticmethod
    def tensors(batch):
        return tf.constant(batch["image"]), tf.constant(batch["mask"])

    def train(self, batch):
        image, mask = self.tensors(batch)
        return lambda: self.step(image, mask).numpy().item()

    def predict(self, batch):
        image, _ = self.tensors(batch)
        return lambda: self.predictor(image).numpy()

    @staticmethod
    def mask(result):
        return result


def main(name, network, base, folder, threads):
    tf.config.threading.set_intra_op_parallelism_threads(int(threads))
    side = Side(name == "xla", network, int(base), folder)
    how = "XLA (jit_compile)" if side.xla else "graph"
    description = f"Keras {keras.__version__} on TensorFlow {tf.__version__}, {how}, {threads} thread(s), oneDNN"
    serve(description, side, folder, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
