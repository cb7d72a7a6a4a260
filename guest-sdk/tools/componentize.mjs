#!/usr/bin/env node
// componentize.mjs FOLDER CORE OUT: makes the core module CORE (binary, or text if it ends in .wat) the
// component OUT of the world in FOLDER/wit and gives it its manifest.
// componentize.mjs FOLDER COMPONENT.wat OUT: assembles a component's text where FOLDER has no wit.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { manifest } from './manifest.mjs';
import { readWorld, witSource } from './package.mjs';
import { insertSection } from './section.mjs';

const [folder, source, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: componentize.mjs FOLDER CORE OUT');
  process.exit(2);
}

async function read(file) {
  return file.endsWith('.wat') ? parse(readFileSync(file, 'utf8')) : readFileSync(file);
}

async function component() {
  const module = await read(source);
  if (!existsSync(path.join(folder, 'wit'))) return module;
  const { pkg, name, world } = readWorld(folder);
  const embedded = await componentEmbed({ binary: module, witSource: witSource(folder), world: name });
  const bare = await componentNew(embedded, []);
  const text = JSON.stringify(manifest(folder, pkg, world), null, 1);
  return insertSection(Buffer.from(bare), 'calcite-manifest', Buffer.from(text));
}

try {
  writeFileSync(out, await component());
} catch (e) {
  console.error(`${source}: ${e.payload ?? e.message}`);
  process.exit(1);
}
