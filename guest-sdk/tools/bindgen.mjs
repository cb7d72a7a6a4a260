#!/usr/bin/env node
// bindgen.mjs FOLDER OUT: writes the Rust bindings of the world in FOLDER/wit to the file OUT.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readWorld } from './package.mjs';
import { rustBindings } from './rust.mjs';

const [folder, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: bindgen.mjs FOLDER OUT');
  process.exit(2);
}
const abi = readFileSync(path.join(import.meta.dirname, '..', 'kits', 'rust', 'abi.rs'), 'utf8');
writeFileSync(out, rustBindings(readWorld(folder).world, abi));
