// A component's sources on disk: its WIT package, those it brings in wit/deps, and the contract.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Packages, resolveWorld } from './world.mjs';
import { parsePackage } from './wit.mjs';

const CONTRACT = path.join(import.meta.dirname, '..', 'wit');

function sources(folder) {
  return readdirSync(folder).filter((f) => f.endsWith('.wit')).sort()
    .map((f) => ({ file: path.join(folder, f), text: readFileSync(path.join(folder, f), 'utf8') }));
}

/** The sources of the packages that `folder`/wit can name: one in each folder of wit/deps. */
function dependencies(folder) {
  const deps = path.join(folder, 'wit', 'deps');
  const folders = existsSync(deps) ? readdirSync(deps).sort().map((d) => path.join(deps, d)) : [];
  return [CONTRACT, ...folders].map(sources);
}

/** The package in `folder`/wit and its only world, resolved. */
export function readWorld(folder) {
  const own = parsePackage(sources(path.join(folder, 'wit')));
  const packages = new Packages();
  packages.add(own);
  for (const each of dependencies(folder)) packages.add(parsePackage(each));
  const worlds = [...own.worlds.keys()];
  if (worlds.length !== 1) throw new Error(`${folder}/wit: one world expected, there are ${worlds.length}`);
  return { pkg: own, name: worlds[0], world: resolveWorld(packages, own, worlds[0]) };
}

/** The same packages as one WIT text, for tools that cannot look into folders. */
export function witSource(folder) {
  const header = /^((?:\/\/\/.*\n)*)package ([^\n]*);$/m;
  const text = (list) => ({
    name: list[0].text.match(header)[2],
    body: list.map((s) => s.text.replace(header, '')).join('\n'),
  });
  const own = text(sources(path.join(folder, 'wit')));
  const others = dependencies(folder).map(text).map(({ name, body }) => `package ${name} {\n${body}\n}\n`);
  return `package ${own.name};\n${own.body}\n${others.join('')}`;
}
