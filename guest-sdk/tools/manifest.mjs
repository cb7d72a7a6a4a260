// The calcite-manifest section: what a component says of itself, and the documentation that no
// toolchain keeps in the binary.

import { readFileSync } from 'node:fs';
import path from 'node:path';

const CONTRACT = '0.1.0';

/** Key of a function in the manifest: its name, or `interface#name` where two interfaces share it. */
function documentation(world) {
  const found = [];
  for (const it of world.exports.values()) {
    const short = it.id.split('@')[0].split('/').at(-1);
    // what is to be said of the only function of an interface may be said of the interface
    const docs = it.functions.length === 1 && it.resources.length === 0 ? it.docs : '';
    for (const f of it.functions) found.push({ short, ...f, docs: f.docs || docs });
    // an aggregate is called by the name of its resource
    for (const r of it.resources) found.push({ short, name: r.name, docs: r.docs });
  }
  for (const f of world.functions) found.push({ short: '', ...f });
  const count = new Map();
  for (const f of found) count.set(f.name, (count.get(f.name) ?? 0) + 1);
  const functions = {};
  for (const f of found) {
    if (!f.docs) continue;
    const key = count.get(f.name) > 1 && f.short ? `${f.short}#${f.name}` : f.name;
    functions[key] = { documentation: f.docs.replaceAll('\n', ' ') };
  }
  return functions;
}

/**
 * The manifest of the component in `folder`: `manifest.json` there, where it exists, over what the
 * WIT package says.
 */
export function manifest(folder, pkg, world) {
  let own = {};
  try {
    own = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  } catch (e) {
    if (e.code !== 'ENOENT') throw new Error(`${folder}/manifest.json: ${e.message}`);
  }
  return {
    name: pkg.name.split(':')[1],
    version: pkg.version,
    organisation: 'calcite-wasm-examples',
    contract: CONTRACT,
    documentation: pkg.docs.replaceAll('\n', ' '),
    licence: 'Apache-2.0',
    capabilities: [],
    functions: documentation(world),
    ...own,
  };
}
