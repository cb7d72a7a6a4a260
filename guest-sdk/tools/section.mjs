// Custom sections of a component binary.

const PREAMBLE = 8;
const CUSTOM = 0;

function leb(n) {
  const bytes = [];
  do {
    bytes.push((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
    n >>>= 7;
  } while (n > 0);
  return Buffer.from(bytes);
}

/** The number at `at` in LEB128, and where it ends. */
function readLeb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 28) throw new Error(`byte ${at - 1} is no end of a number`);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** `component` with the custom section `name` right after the preamble. */
export function insertSection(component, name, payload) {
  const title = Buffer.from(name);
  const body = Buffer.concat([leb(title.length), title, payload]);
  return Buffer.concat([
    component.subarray(0, PREAMBLE), Buffer.of(CUSTOM), leb(body.length), body, component.subarray(PREAMBLE)]);
}

/** Names of the custom sections at the top level of a component. */
export function sectionNames(component) {
  const names = [];
  for (let at = PREAMBLE; at < component.length;) {
    const [size, body] = readLeb(component, at + 1);
    if (component[at] === CUSTOM) {
      const [length, start] = readLeb(component, body);
      names.push(component.subarray(start, start + length).toString('utf8'));
    }
    at = body + size;
  }
  return names;
}
