// Reads WIT packages as this repository writes them: interfaces, worlds, types, functions, resources
// and their doc comments. Feature gates and async types are not read; a construct that is not known
// here is an error with file and line.

const PRIMITIVES = new Set([
  'bool', 's8', 's16', 's32', 's64', 'u8', 'u16', 'u32', 'u64', 'f32', 'f64', 'char', 'string']);

/** One source text and a position in it. */
class Scanner {
  constructor(text, file) {
    this.text = text;
    this.file = file;
    this.at = 0;
  }

  fail(message) {
    const line = this.text.slice(0, this.at).split('\n').length;
    throw new Error(`${this.file}:${line}: ${message}`);
  }

  /** Skips blanks and comments; returns the doc comment that stood directly before what follows. */
  docs() {
    const lines = [];
    for (;;) {
      const blank = this.#take(/\s+/y) ?? this.#take(/\/\*[\s\S]*?\*\//y);
      if (blank !== undefined) continue;
      const doc = this.#take(/\/\/\/[^\n]*/y);
      if (doc !== undefined) {
        lines.push(doc.slice(3).trim());
        continue;
      }
      if (this.#take(/\/\/[^\n]*/y) === undefined) return lines.join('\n');
    }
  }

  #take(pattern) {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.at += match[0].length;
    return match[0];
  }

  /** Takes `pattern` (sticky) if it comes next. */
  accept(pattern) {
    this.docs();
    return this.#take(pattern);
  }

  symbol(s) {
    this.docs();
    if (!this.text.startsWith(s, this.at)) return false;
    this.at += s.length;
    return true;
  }

  expect(s) {
    if (!this.symbol(s)) this.fail(`expected '${s}'`);
  }

  keyword(word) {
    return this.accept(new RegExp(`${word}(?![\\w-])`, 'y')) !== undefined;
  }

  id() {
    const id = this.accept(/%?[a-zA-Z][\w]*(-[\w]+)*/y);
    if (id === undefined) this.fail('expected a name');
    return id.replace('%', '');
  }

  /** `name`, or `namespace:package/name@version` */
  path() {
    const path = this.accept(
      /%?[a-zA-Z][\w-]*(:[a-zA-Z][\w-]*)?(\/[a-zA-Z][\w-]*)?(@\d+\.\d+\.\d+(-[\w.]*\w)?)?/y);
    if (path === undefined) this.fail('expected a name or a path');
    return path.replace('%', '');
  }

  /** Whether nothing but blanks and comments is left; what stands before the next thing stays. */
  end() {
    const at = this.at;
    this.docs();
    const ended = this.at === this.text.length;
    this.at = at;
    return ended;
  }
}

function type(s) {
  const name = s.id();
  if (PRIMITIVES.has(name)) return { kind: name };
  const args = (n) => {
    s.expect('<');
    const list = [];
    for (let i = 0; i < n; i++) {
      if (i > 0) s.expect(',');
      list.push(type(s));
    }
    s.expect('>');
    return list;
  };
  switch (name) {
    case 'list': return { kind: 'list', element: args(1)[0] };
    case 'option': return { kind: 'option', some: args(1)[0] };
    case 'tuple': {
      s.expect('<');
      const items = [type(s)];
      while (s.symbol(',')) items.push(type(s));
      s.expect('>');
      return { kind: 'tuple', items };
    }
    case 'result': {
      if (!s.symbol('<')) return { kind: 'result', ok: null, err: null };
      const ok = s.symbol('_') ? null : type(s);
      const err = s.symbol(',') ? type(s) : null;
      s.expect('>');
      return { kind: 'result', ok, err };
    }
    case 'own': case 'borrow': {
      s.expect('<');
      const resource = s.id();
      s.expect('>');
      return { kind: name, resource };
    }
    default: return { kind: 'named', name };
  }
}

/** `func(a: t, …) -> t` after the name and the colon. */
function signature(s) {
  s.expect('(');
  const params = [];
  while (!s.symbol(')')) {
    const name = s.id();
    s.expect(':');
    params.push({ name, type: type(s) });
    if (!s.symbol(',')) { s.expect(')'); break; }
  }
  return { params, result: s.symbol('->') ? type(s) : null };
}

function entries(s, read) {
  s.expect('{');
  const list = [];
  for (;;) {
    const docs = s.docs();
    if (s.symbol('}')) return list;
    list.push({ ...read(s), docs });
    if (!s.symbol(',')) { s.expect('}'); return list; }
  }
}

const named = (s) => ({ name: s.id() });
const field = (s) => {
  const name = s.id();
  s.expect(':');
  return { name, type: type(s) };
};
const variantCase = (s) => {
  const name = s.id();
  if (!s.symbol('(')) return { name, type: null };
  const payload = type(s);
  s.expect(')');
  return { name, type: payload };
};

function resource(s) {
  const name = s.id();
  const functions = [];
  if (!s.symbol(';')) {
    s.expect('{');
    for (;;) {
      const docs = s.docs();
      if (s.symbol('}')) break;
      if (s.keyword('constructor')) {
        functions.push({ name: 'constructor', form: 'constructor', docs, ...signature(s) });
      } else {
        const method = s.id();
        s.expect(':');
        const form = s.keyword('static') ? 'static' : 'method';
        if (!s.keyword('func')) s.fail("expected 'func'");
        functions.push({ name: method, form, docs, ...signature(s) });
      }
      s.expect(';');
    }
  }
  return { kind: 'resource', name, functions };
}

function use(s) {
  const from = s.path();
  s.expect('.');
  s.expect('{');
  const names = [];
  do {
    const name = s.id();
    names.push({ name, as: s.keyword('as') ? s.id() : name });
  } while (s.symbol(','));
  s.expect('}');
  s.expect(';');
  return { from, names };
}

/** A type, `use` or function, common to interfaces and worlds; undefined if it is none. */
function typeOrUse(s, into, docs) {
  if (s.keyword('use')) { into.uses.push(use(s)); return true; }
  if (s.keyword('record')) { into.types.push({ kind: 'record', name: s.id(), docs, fields: entries(s, field) }); return true; }
  if (s.keyword('enum')) { into.types.push({ kind: 'enum', name: s.id(), docs, cases: entries(s, named) }); return true; }
  if (s.keyword('flags')) { into.types.push({ kind: 'flags', name: s.id(), docs, labels: entries(s, named) }); return true; }
  if (s.keyword('variant')) { into.types.push({ kind: 'variant', name: s.id(), docs, cases: entries(s, variantCase) }); return true; }
  if (s.keyword('resource')) { into.types.push({ docs, ...resource(s) }); return true; }
  if (s.keyword('type')) {
    const name = s.id();
    s.expect('=');
    into.types.push({ kind: 'alias', name, docs, type: type(s) });
    s.expect(';');
    return true;
  }
  return false;
}

function interfaceBody(s, name, docs) {
  const it = { name, docs, uses: [], types: [], functions: [] };
  s.expect('{');
  for (;;) {
    const docs = s.docs();
    if (s.symbol('}')) return it;
    if (typeOrUse(s, it, docs)) continue;
    const name = s.id();
    s.expect(':');
    if (!s.keyword('func')) s.fail("expected 'func'");
    it.functions.push({ name, docs, ...signature(s) });
    s.expect(';');
  }
}

function world(s, docs) {
  const it = { name: s.id(), docs, uses: [], types: [], includes: [], imports: [], exports: [] };
  s.expect('{');
  for (;;) {
    const docs = s.docs();
    if (s.symbol('}')) return it;
    if (s.keyword('include')) { it.includes.push(s.path()); s.expect(';'); continue; }
    const list = s.keyword('import') ? it.imports : s.keyword('export') ? it.exports : null;
    if (list === null) {
      if (typeOrUse(s, it, docs)) continue;
      s.fail('expected include, import, export or a type');
    }
    const path = s.path();
    if (s.symbol(':')) {
      if (s.keyword('interface')) {
        list.push({ name: path, inline: interfaceBody(s, path, docs) });
        continue;
      }
      if (!s.keyword('func')) s.fail("expected 'func' or 'interface'");
      list.push({ name: path, function: { name: path, docs, ...signature(s) } });
    } else {
      list.push({ path });
    }
    s.expect(';');
  }
}

/** The package in `sources` ([{file, text}], all of one package). */
export function parsePackage(sources) {
  const pkg = { name: null, version: null, docs: '', interfaces: new Map(), worlds: new Map() };
  for (const { file, text } of sources) {
    const s = new Scanner(text, file);
    const docs = s.docs();
    if (s.keyword('package')) {
      const [name, version] = s.path().split('@');
      s.expect(';');
      if (pkg.name !== null && pkg.name !== name) s.fail(`package ${name} beside ${pkg.name}`);
      Object.assign(pkg, { name, version: version ?? null, docs: pkg.docs || docs });
    }
    while (!s.end()) {
      const docs = s.docs();
      if (s.keyword('interface')) {
        const it = interfaceBody(s, s.id(), docs);
        pkg.interfaces.set(it.name, it);
      } else if (s.keyword('world')) {
        const it = world(s, docs);
        pkg.worlds.set(it.name, it);
      } else {
        s.fail('expected interface or world');
      }
    }
  }
  if (pkg.name === null) throw new Error(`${sources[0]?.file}: no package declaration`);
  return pkg;
}
