// A component's sources on disk: its WIT package and, beside it, the contract.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Packages, resolveWorld } from './world.mjs';
import { parsePackage } from './wit.mjs';

const CONTRACT = path.join(import.meta.dirname, '..', 'wit');

function sources(folder) {
  return readdirSync(folder).filter((f) => f.endsWith('.wit')).sort()
    .map((f) => ({ file: path.join(folder, f), text: readFileSync(path.join(folder, f), 'utf8') }));
}

/** The package in `folder`/wit and its only world, resolved. */
export function readWorld(folder) {
  const contract = parsePackage(sources(CONTRACT));
  const own = parsePackage(sources(path.join(folder, 'wit')));
  const packages = new Packages();
  packages.add(contract);
  packages.add(own);
  const worlds = [...own.worlds.keys()];
  if (worlds.length !== 1) throw new Error(`${folder}/wit: one world expected, there are ${worlds.length}`);
  return { pkg: own, name: worlds[0], world: resolveWorld(packages, own, worlds[0]) };
}

/** The same packages as one WIT text, for tools that cannot look into folders. */
export function witSource(folder) {
  const body = (dir) => sources(dir).map((s) => s.text.replace(/^((?:\/\/\/.*\n)*)package [^\n]*;$/m, '')).join('\n');
  const header = (dir) => sources(dir)[0].text.match(/^package ([^\n]*);$/m)[1];
  const own = path.join(folder, 'wit');
  return `package ${header(own)};\n${body(own)}\npackage ${header(CONTRACT)} {\n${body(CONTRACT)}\n}\n`;
}
