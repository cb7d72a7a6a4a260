#!/usr/bin/env node
// add-files.mjs COMPONENT FOLDER OUT: packs the files below FOLDER with COMPONENT, each as a section
// calcite-file:/PATH. Needs nothing but Node.js.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { insertSection, sectionNames } from './tools/section.mjs';

const SECTION = 'calcite-file:';

function refuse(message) {
  console.error(`add-files: ${message}`);
  process.exit(1);
}

const [file, folder, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: add-files.mjs COMPONENT FOLDER OUT');
  process.exit(2);
}
try {
  let component = readFileSync(file);
  if (component.subarray(0, 8).toString('hex') !== '0061736d0d000100') {
    refuse(`${file} is no WebAssembly component`);
  }
  const there = new Set(sectionNames(component));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const each of files.reverse()) {
    const name = `${SECTION}/${path.relative(folder, each).split(path.sep).join('/')}`;
    if (there.has(name)) refuse(`${file} has a section ${name} already`);
    component = insertSection(component, name, readFileSync(each));
  }
  writeFileSync(out, component);
} catch (e) {
  refuse(e.message);
}
