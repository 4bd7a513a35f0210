// Python's, and what nn.Module has of its own.
const reserved = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield self torch nn F
  add_module apply bfloat16 buffers children compile cpu cuda double eval extra_repr float forward get_buffer get_parameter
  get_submodule half load_state_dict modules named_parameters parameters register_buffer requires_grad_ share_memory
  state_dict to to_empty train training type zero_grad`.split(/\s+/),
);

/** A name of the file, or a path within one instance, as an identifier. */
export function identifier(name: string): string {
  const valid = name.replace(/\]/g, '').replace(/\W/g, '_');
  return reserved.has(valid) ? `${valid}_` : valid;
}

/** `wanted` as an identifier, or with the least number that makes it free. */
export function freeName(wanted: string, taken: { has(name: string): boolean }): string {
  const plain = identifier(wanted);
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`;
  return name;
}
