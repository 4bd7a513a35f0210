"""Asks TensorFlow Serving for a mask: tensorflow_serving.py URL netc.json IMAGE MASK.png [FIELD_OF_VIEW]

URL is that of the model, such as http://127.0.0.1:8501/v1/models/r2au; netc.json lies beside the exported saved_model.pb.
"""
import requests
from exported import Exported, arguments

url, metadata, image, mask, *fov = arguments(__doc__, 4)
network = Exported.of_file(metadata)
inputs = {name: values.tolist() for name, values in network.inputs(image, *fov).items()}
answer = requests.post(f"{url}:predict", json={"inputs": inputs}, timeout=300)
if not answer.ok:
    raise SystemExit(f"{url}: {answer.status_code}: {answer.text}")
outputs = answer.json()["outputs"]
# The server leaves out the name of a network's only output.
network.write_mask(outputs[network.output] if isinstance(outputs, dict) else outputs, mask)
