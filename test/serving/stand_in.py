"""A stand-in for TensorFlow Serving, for tests: stand_in.py NAME=FOLDER ... serves each folder's greatest version.

It reads a folder as the server does, by TensorFlow and the tag `serve`, and answers as the server's REST API is documented
(tensorflow_serving/g3doc/api_rest.md): status, metadata and predict, in rows and columns. It is not the server: nothing is
batched, no version is loaded later, and numbers are printed by Python. Prints its port.
"""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import tensorflow as tf

ADDRESS = re.compile(r"/v1/models/(\w+)(?:/versions/(\d+))?(/metadata|:predict)?")


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Servable:
    """The greatest version of a model."""

    def __init__(self, folder):
        self.version = max(int(one.name) for one in Path(folder).iterdir() if one.name.isdigit())
        self.loaded = tf.saved_model.load(f"{folder}/{self.version}", tags=["serve"])
        self.predict = self.loaded.signatures["serving_default"]
        self.inputs = self.predict.structured_input_signature[1]

    def status(self):
        state = {"version": str(self.version), "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
        return {"model_version_status": [state]}

    def metadata(self):
        signature = {"inputs": described(self.inputs), "outputs": described(self.predict.structured_outputs)}
        return {"metadata": {"signature_def": {"signature_def": {"serving_default": signature}}}}

    def answer(self, request):
        if ("inputs" in request) == ("instances" in request):
            raise Refused(400, "either inputs or instances")
        if "inputs" in request:
            return {"outputs": unnamed(self.computed(self.named(request["inputs"])))}
        rows = request["instances"]
        columns = {name: [row[name] for row in rows] for name in rows[0]} if isinstance(rows[0], dict) else rows
        outputs = self.computed(self.named(columns))
        if len(outputs) == 1:
            return {"predictions": unnamed(outputs)}
        return {"predictions": [dict(zip(outputs, row)) for row in zip(*outputs.values())]}

    def named(self, inputs):
        named = inputs if isinstance(inputs, dict) else {next(iter(self.inputs)): inputs}
        if set(named) != set(self.inputs):
            raise Refused(400, f"inputs {sorted(named)} are not those of the signature, {sorted(self.inputs)}")
        return named

    def computed(self, inputs):
        try:
            tensors = {name: tf.constant(value, self.inputs[name].dtype) for name, value in inputs.items()}
            return {name: value.numpy().tolist() for name, value in self.predict(**tensors).items()}
        except (ValueError, TypeError, tf.errors.OpError) as error:
            raise Refused(400, str(error)) from error


def described(tensors):
    def shape(spec):
        return {"dim": [{"size": str(-1 if size is None else size)} for size in spec.shape], "unknown_rank": False}

    types = {tf.float32: "DT_FLOAT", tf.int32: "DT_INT32"}
    return {name: {"dtype": types[spec.dtype], "tensor_shape": shape(spec)} for name, spec in tensors.items()}


def unnamed(outputs):
    return next(iter(outputs.values())) if len(outputs) == 1 else outputs


class Handler(BaseHTTPRequestHandler):
    models = {}

    def do_GET(self):
        self.reply(lambda model, verb: {None: model.status, "/metadata": model.metadata}[verb]())

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.reply(lambda model, verb: model.answer(body))

    def reply(self, answer):
        try:
            address = ADDRESS.fullmatch(self.path)
            if address is None:
                raise Refused(404, f"Malformed request: {self.path}")
            name, version, verb = address.groups()
            model = self.models.get(name)
            if model is None or version not in (None, str(model.version)):
                raise Refused(404, f"Servable not found for request: Latest({name})")
            status, body = 200, answer(model, verb)
        except Refused as refused:
            status, body = refused.status, {"error": str(refused)}
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


Handler.models = {name: Servable(folder) for name, folder in (word.split("=", 1) for word in sys.argv[1:])}
server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
