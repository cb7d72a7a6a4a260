// A world with its names resolved: which interfaces it imports and exports, every type with its
// declaration.

/** Packages by name and version, and what a path in one of them means. */
export class Packages {
  #all = [];

  add(pkg) {
    this.#all.push(pkg);
  }

  /** The interface that `path` names inside package `home`. */
  interface(path, home) {
    const { pkg, short } = this.#find(path, home);
    const it = pkg.interfaces.get(short);
    if (!it) throw new Error(`package ${pkg.name} has no interface ${short}`);
    return { pkg, it, id: interfaceId(pkg, short) };
  }

  world(path, home) {
    const { pkg, short } = this.#find(path, home);
    const it = pkg.worlds.get(short);
    if (!it) throw new Error(`there is no world ${path}`);
    return { pkg, it };
  }

  #find(path, home) {
    const [name, version] = path.split('@');
    const slash = name.indexOf('/');
    if (slash < 0) return { pkg: home, short: name };
    const found = this.#all.filter((pkg) =>
      pkg.name === name.slice(0, slash) && (version === undefined || version === pkg.version));
    if (found.length !== 1) {
      throw new Error(`${path}: ${found.length} packages of that name and version are at hand`);
    }
    return { pkg: found[0], short: name.slice(slash + 1) };
  }
}

function interfaceId(pkg, short) {
  return `${pkg.name}/${short}${pkg.version ? `@${pkg.version}` : ''}`;
}

/**
 * World `name` of package `home`: `imports` and `exports` are interfaces with resolved functions, in
 * order of mention and after those that they use; `functions` and `importedFunctions` stand at its
 * root.
 */
export function resolveWorld(packages, home, name) {
  const world = { imports: new Map(), exports: new Map(), functions: [], importedFunctions: [] };
  const scopes = new Map(); // interface id, or '' for the root, to its types by name

  function typesOf(owner, it, pkg, exported) {
    const key = (exported ? 'export ' : 'import ') + owner;
    if (scopes.has(key)) return scopes.get(key);
    const scope = new Map();
    scopes.set(key, scope);
    for (const { from, names } of it.uses) {
      const target = packages.interface(from, pkg);
      const isExport = exported && world.exportIds.has(target.id);
      require(target, isExport);
      const types = typesOf(target.id, target.it, target.pkg, isExport);
      for (const { name, as } of names) {
        if (!types.has(name)) throw new Error(`${target.id} has no type ${name}`);
        scope.set(as, types.get(name));
      }
    }
    for (const declared of it.types) {
      scope.set(declared.name, declare(declared, scope, owner, exported));
    }
    return scope;
  }

  function declare(t, scope, owner, exported) {
    const at = { owner, exported, name: t.name, docs: t.docs };
    switch (t.kind) {
      case 'record':
        return { ...at, kind: 'record', fields: t.fields.map((f) => ({ ...f, type: resolve(f.type, scope) })) };
      case 'variant':
        return { ...at, kind: 'variant', cases: t.cases.map((c) => ({ ...c, type: c.type && resolve(c.type, scope) })) };
      case 'alias':
        return resolve(t.type, scope);
      default:
        return { ...at, ...t };
    }
  }

  function resolve(t, scope) {
    switch (t.kind) {
      case 'named': {
        const found = scope.get(t.name);
        if (!found) throw new Error(`there is no type ${t.name}`);
        return found.kind === 'resource' ? { kind: 'own', resource: found } : found;
      }
      case 'list': return { ...t, element: resolve(t.element, scope) };
      case 'option': return { ...t, some: resolve(t.some, scope) };
      case 'tuple': return { ...t, items: t.items.map((i) => resolve(i, scope)) };
      case 'result':
        return { ...t, ok: t.ok && resolve(t.ok, scope), err: t.err && resolve(t.err, scope) };
      case 'own': case 'borrow': return { ...t, resource: scope.get(t.resource) };
      default: return t;
    }
  }

  function func(f, scope) {
    return {
      ...f,
      params: f.params.map((p) => ({ ...p, type: resolve(p.type, scope) })),
      result: f.result && resolve(f.result, scope),
    };
  }

  function require({ pkg, it, id }, exported) {
    const list = exported ? world.exports : world.imports;
    if (list.has(id)) return;
    const types = typesOf(id, it, pkg, exported);
    list.set(id, {
      id,
      docs: it.docs,
      types: it.types.map((t) => types.get(t.name)).filter((t) => t.owner === id),
      functions: it.functions.map((f) => func(f, types)),
      resources: it.types.filter((t) => t.kind === 'resource').map((t) => (
        { ...types.get(t.name), functions: t.functions.map((f) => func(f, types)) })),
    });
  }

  function collect(pkg, it) {
    const all = { uses: [...it.uses], types: [...it.types], imports: [], exports: [] };
    for (const path of it.includes) {
      const other = packages.world(path, pkg);
      const inner = collect(other.pkg, other.it);
      for (const list of ['uses', 'types', 'imports', 'exports']) all[list].push(...inner[list]);
    }
    all.imports.push(...it.imports.map((i) => ({ ...i, pkg })));
    all.exports.push(...it.exports.map((e) => ({ ...e, pkg })));
    return all;
  }

  const root = packages.world(name, home);
  const all = collect(root.pkg, root.it);
  world.docs = root.it.docs;
  world.exportIds = new Set(
    all.exports.filter((e) => e.path).map((e) => packages.interface(e.path, e.pkg).id));
  const rootScope = typesOf('', all, home, false);
  world.types = all.types.map((t) => rootScope.get(t.name));
  for (const i of all.imports) {
    if (i.path) require(packages.interface(i.path, i.pkg), false);
    else if (i.inline) require({ pkg: i.pkg, it: i.inline, id: i.name }, false);
    else world.importedFunctions.push(func(i.function, rootScope));
  }
  for (const e of all.exports) {
    if (e.path) require(packages.interface(e.path, e.pkg), true);
    else if (e.inline) require({ pkg: e.pkg, it: e.inline, id: e.name }, true);
    else world.functions.push(func(e.function, rootScope));
  }
  return world;
}
