// Calls a component's functions through jco and compares with what another runtime gave.
//
//   node differential.mjs TOOLS component.wasm cases.jsonl
//
// TOOLS is a folder whose node_modules hold @bytecodealliance/jco or jco-transpile. A case is a line of JSON:
// {"interface", "function", "parameters": [type], "arguments": [value], "result": type or null,
// "expected": value or "trap"}.
// Types and values are told in DifferentialRun.java. Prints what differs; the exit code is 1 then.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, componentFile, casesFile] = process.argv.slice(2);
const packages = join(resolve(tools), 'node_modules/@bytecodealliance');
const jco = ['jco', 'jco-transpile'].map((n) => join(packages, n)).find((p) => existsSync(p));
const main = JSON.parse(readFileSync(join(jco, 'package.json'), 'utf8')).exports['.'];
const entry = typeof main === 'string' ? main : (main.default ?? main.import);
const api = await import(pathToFileURL(join(jco, entry)).href);

const { files } = await (api.transpileBytes ?? api.transpile)(readFileSync(componentFile), {
  name: 'component',
  instantiation: 'async',
});
const entries = Object.entries(files);
const script = entries.find(([name]) => name.endsWith('component.js'))[1];
const module = await import(
  'data:text/javascript;base64,' + Buffer.from(script).toString('base64')
);
const fresh = () =>
  module.instantiate(
    async (name) => WebAssembly.compile(entries.find(([n]) => n.endsWith(name))[1]),
    {},
  );
let instance = await fresh();

const camel = (label) =>
  label.toLowerCase().replace(/-([a-z0-9])/g, (_, c) => c.toUpperCase());

const FLOATS = new DataView(new ArrayBuffer(8));
const ARRAYS = {
  u8: Uint8Array, s8: Int8Array, u16: Uint16Array, s16: Int16Array, u32: Uint32Array,
  s32: Int32Array, u64: BigUint64Array, s64: BigInt64Array, f32: Float32Array, f64: Float64Array,
};

/** A value as jco takes it. */
function lower(type, value) {
  switch (type.k) {
    case 'u64': case 's64': return BigInt(value);
    case 'f32':
      if (value === 'nan') return NaN;
      FLOATS.setUint32(0, parseInt(value, 16));
      return FLOATS.getFloat32(0);
    case 'f64':
      if (value === 'nan') return NaN;
      FLOATS.setBigUint64(0, BigInt('0x' + value));
      return FLOATS.getFloat64(0);
    case 'list': {
      const items = value.map((v) => lower(type.e, v));
      return type.e.k in ARRAYS ? ARRAYS[type.e.k].from(items) : items;
    }
    case 'record':
      return Object.fromEntries(type.f.map(([name, t], i) => [camel(name), lower(t, value[i])]));
    case 'tuple': return type.e.map((t, i) => lower(t, value[i]));
    case 'variant': {
      const [name, payload] = type.c[value[0]];
      return payload ? { tag: name, val: lower(payload, value[1]) } : { tag: name };
    }
    case 'enum': return type.l[value];
    case 'flags':
      return Object.fromEntries(type.l.map((label, i) => [camel(label), (value >>> i & 1) === 1]));
    case 'option': {
      const some = value.length === 1;
      if (type.e.k === 'option') {
        return some ? { tag: 'some', val: lower(type.e, value[0]) } : { tag: 'none' };
      }
      return some ? lower(type.e, value[0]) : undefined;
    }
    case 'result': {
      const payload = type[value[0]];
      return { tag: value[0], val: payload ? lower(payload, value[1]) : undefined };
    }
    default: return value;
  }
}

/** What jco gave, as the cases write it. */
function lift(type, value) {
  switch (type.k) {
    case 'u64': case 's64': return value.toString();
    case 'f32':
      if (Number.isNaN(value)) return 'nan';
      FLOATS.setFloat32(0, value);
      return FLOATS.getUint32(0).toString(16);
    case 'f64':
      if (Number.isNaN(value)) return 'nan';
      FLOATS.setFloat64(0, value);
      return FLOATS.getBigUint64(0).toString(16);
    case 'list': return Array.from(value, (v) => lift(type.e, v));
    case 'record': return type.f.map(([name, t]) => lift(t, value[camel(name)]));
    case 'tuple': return type.e.map((t, i) => lift(t, value[i]));
    case 'variant': {
      const index = type.c.findIndex(([name]) => name === value.tag);
      const payload = type.c[index][1];
      return [index, payload ? lift(payload, value.val) : null];
    }
    case 'enum': return type.l.indexOf(value);
    case 'flags':
      return type.l.reduce((bits, label, i) => bits | (value[camel(label)] ? 1 << i : 0), 0) >>> 0;
    case 'option':
      if (type.e.k === 'option') return value.tag === 'some' ? [lift(type.e, value.val)] : [];
      return value === undefined || value === null ? [] : [lift(type.e, value)];
    case 'result': {
      const payload = type[value.tag];
      return [value.tag, payload ? lift(payload, value.val) : null];
    }
    default: return value;
  }
}

function call(test) {
  const home = test.interface === '' ? instance : instance[test.interface];
  const args = test.parameters.map((type, i) => lower(type, test.arguments[i]));
  const type = test.result;
  let value;
  try {
    value = home[camel(test.function)](...args);
  } catch (e) {
    // An err is thrown, by some versions of jco inside an Error.
    if (type?.k !== 'result' || (e instanceof Error && !('payload' in e))) throw e;
    return lift(type, { tag: 'err', val: e instanceof Error ? e.payload : e });
  }
  if (type === null) return null;
  return lift(type, type.k === 'result' ? { tag: 'ok', val: value } : value);
}

let compared = 0;
let different = 0;
for (const line of readFileSync(casesFile, 'utf8').split('\n')) {
  if (line === '') continue;
  const test = JSON.parse(line);
  let found;
  try {
    found = JSON.stringify(call(test));
  } catch (e) {
    found = e instanceof WebAssembly.RuntimeError ? '"trap"' : String(e.stack ?? e);
    instance = await fresh();
  }
  compared++;
  const expected = JSON.stringify(test.expected);
  if (found !== expected && ++different <= 20) {
    console.log(`${test.interface}#${test.function}(${JSON.stringify(test.arguments)})`);
    console.log(`  jco:  ${found}\n  here: ${expected}`);
  }
}
console.log(`${compared} calls compared, ${different} different`);
process.exitCode = different === 0 && compared > 0 ? 0 : 1;
