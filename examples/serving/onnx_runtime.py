"""Segments an image in ONNX Runtime: onnx_runtime.py MODEL.onnx IMAGE MASK.png [FIELD_OF_VIEW]"""
import onnxruntime
from exported import Exported, arguments

model, image, mask, *fov = arguments(__doc__, 3)
session = onnxruntime.InferenceSession(model)
network = Exported.of_onnx(session.get_modelmeta().custom_metadata_map)
(probabilities,) = session.run([network.output], network.inputs(image, *fov))
network.write_mask(probabilities, mask)
