#!/usr/bin/env node
// add-manifest.mjs COMPONENT MANIFEST.json OUT: writes to OUT the component with the manifest as its
// section calcite-manifest. Needs nothing but Node.js.

import { readFileSync, writeFileSync } from 'node:fs';
import { insertSection, sectionNames } from './tools/section.mjs';

const SECTION = 'calcite-manifest';

function refuse(message) {
  console.error(`add-manifest: ${message}`);
  process.exit(1);
}

const [file, manifest, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: add-manifest.mjs COMPONENT MANIFEST.json OUT');
  process.exit(2);
}
try {
  const component = readFileSync(file);
  const text = readFileSync(manifest);
  if (component.subarray(0, 8).toString('hex') !== '0061736d0d000100') {
    refuse(`${file} is no WebAssembly component`);
  }
  if (sectionNames(component).includes(SECTION)) refuse(`${file} has a manifest already`);
  JSON.parse(text.toString('utf8'));
  writeFileSync(out, insertSection(component, SECTION, text));
} catch (e) {
  refuse(e instanceof SyntaxError ? `${manifest} is not JSON: ${e.message}` : e.message);
}
