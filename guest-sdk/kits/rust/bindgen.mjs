#!/usr/bin/env node
// bindgen.mjs FOLDER OUT: writes the Rust bindings of the world in FOLDER/wit to the file OUT.

import { writeFileSync } from 'node:fs';
import { readWorld } from '../../tools/package.mjs';
import { rustBindings } from './rust.mjs';

const [folder, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: bindgen.mjs FOLDER OUT');
  process.exit(2);
}
writeFileSync(out, rustBindings(readWorld(folder).world));
