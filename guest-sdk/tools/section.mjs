// Custom sections of a component binary.

const PREAMBLE = 8;

function leb(n) {
  const bytes = [];
  do {
    bytes.push((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
    n >>>= 7;
  } while (n > 0);
  return Buffer.from(bytes);
}

/** `component` with the custom section `name` right after the preamble. */
export function insertSection(component, name, payload) {
  const title = Buffer.from(name);
  const body = Buffer.concat([leb(title.length), title, payload]);
  return Buffer.concat([
    component.subarray(0, PREAMBLE), Buffer.of(0), leb(body.length), body, component.subarray(PREAMBLE)]);
}
