// Rust bindings of a world, in the shape that wit-bindgen gives them: traits `Guest` to implement,
// `export!(Component with_types_in bindings)`, imported functions to call. An exported resource is a
// trait too (`GuestCounter`, and `type Counter` in `Guest`), see resource.mjs. An imported interface
// that has resources is left to the guest to declare.

import { contains, flatten, MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, ownsMemory } from './abi.mjs';
import { camel, docs, screaming, snake } from './names.mjs';
import { destructor, handleName, handleTypes, resourceFunctions, resourceTrait } from './resource.mjs';

const NUMBERS = {
  bool: 'bool', s8: 'i8', s16: 'i16', s32: 'i32', s64: 'i64', u8: 'u8', u16: 'u16', u32: 'u32', u64: 'u64',
  f32: 'f32', f64: 'f64', char: 'char',
};

/** Rust modules of an interface, below `bindings`. */
function modulesOf(id, exported) {
  const modules = id.split('@')[0].split(/[:/]/).filter(Boolean).map(snake);
  return exported && id !== '' ? ['exports', ...modules] : modules;
}

function rustType(t) {
  if (t === null) return '()';
  if (t.kind in NUMBERS) return NUMBERS[t.kind];
  switch (t.kind) {
    case 'string': return 'String';
    case 'list': return `Vec<${rustType(t.element)}>`;
    case 'option': return `Option<${rustType(t.some)}>`;
    case 'result': return `Result<${rustType(t.ok)}, ${rustType(t.err)}>`;
    case 'tuple': return `(${t.items.map((i) => `${rustType(i)},`).join(' ')})`;
    case 'record': case 'variant': case 'enum': case 'flags':
      return ['crate', 'bindings', ...modulesOf(t.owner, t.exported), camel(t.name)].join('::');
    case 'own': case 'borrow':
      return [...['crate', 'bindings', ...modulesOf(t.resource.owner, true)], handleName(t)].join('::');
    default: throw new Error(`the Rust kit writes no bindings for '${t.kind}' yet`);
  }
}

function tagType(cases) {
  return cases.length <= 0x100 ? 'u8' : cases.length <= 0x10000 ? 'u16' : 'u32';
}

function declaration(t) {
  const name = camel(t.name);
  const derive = `#[derive(Clone,${ownsMemory(t) ? '' : ' Copy,'} Debug, PartialEq)]`;
  switch (t.kind) {
    case 'record': {
      const fields = t.fields.map((f) => ({ name: snake(f.name), type: rustType(f.type), docs: f.docs }));
      const names = fields.map((f) => f.name).join(', ');
      return `${docs(t.docs, '')}${derive}\npub struct ${name} {\n` +
        fields.map((f) => `${docs(f.docs, '    ')}    pub ${f.name}: ${f.type},\n`).join('') + '}\n' +
        `calcite_guest::record! { [] ${name} { ${fields.map((f) => `${f.name}: ${f.type}, `).join('')}} |${names}| ${name} { ${names} } }\n`;
    }
    case 'variant': case 'enum': {
      const cases = t.cases.map((c) => ({ ...c, payload: c.type && rustType(c.type) }));
      return `${docs(t.docs, '')}${derive}\npub enum ${name} {\n` +
        cases.map((c) => `${docs(c.docs, '    ')}    ${camel(c.name)}${c.payload ? `(${c.payload})` : ''},\n`).join('') + '}\n' +
        `calcite_guest::variant! { ${name}: ${tagType(cases)} { ` +
        cases.map((c, i) => `${i} => ${camel(c.name)}${c.payload ? `(value: ${c.payload})` : ''}, `).join('') + '} }\n';
    }
    case 'flags': {
      const n = t.labels.length;
      const bits = n <= 8 ? 'u8' : n <= 16 ? 'u16' : 'u32';
      return `${docs(t.docs, '')}${derive}\npub struct ${name} {\n    pub bits: ${bits},\n}\nimpl ${name} {\n` +
        t.labels.map((l, i) => `${docs(l.docs, '    ')}    pub const ${screaming(l.name)}: Self = Self { bits: 1 << ${i} };\n`).join('') +
        '    pub fn contains(self, other: Self) -> bool { self.bits & other.bits == other.bits }\n}\n' +
        `impl std::ops::BitOr for ${name} {\n    type Output = Self;\n` +
        '    fn bitor(self, other: Self) -> Self { Self { bits: self.bits | other.bits } }\n}\n' +
        `calcite_guest::flags! { ${name}: ${bits} }\n`;
    }
    case 'resource': return handleTypes(t, t.owner);
    default: throw new Error(`the Rust kit writes no bindings for ${t.kind} ${t.name} yet`);
  }
}

const toBits = { i32: (v) => `${v} as u32 as u64`, i64: (v) => `${v} as u64`, f32: (v) => `${v}.to_bits() as u64`, f64: (v) => `${v}.to_bits()` };
const fromBits = { i32: (v) => `${v} as i32`, i64: (v) => `${v} as i64`, f32: (v) => `f32::from_bits(${v} as u32)`, f64: (v) => `f64::from_bits(${v})` };

/** The core function that the host calls, inside `macro_rules! export`; `write` writes its call. */
function exportFunction(f, exportName, write, number) {
  const types = f.params.map((p) => rustType(p.type));
  const flat = f.params.map((p) => flatten(p.type));
  const core = flat.flat();
  const lines = [];
  let params;
  if (core.length > MAX_FLAT_PARAMS) {
    params = 'args: *mut u8';
    lines.push('let mut end = 0;', 'let mut align = 1;');
    types.forEach((t, i) => lines.push(
      `end = aligned(end, <${t}>::ALIGN);`, `align = max(align, <${t}>::ALIGN);`,
      `let p${i} = <${t}>::load(args.add(end));`, `end += <${t}>::SIZE;`));
    lines.push('release(args, aligned(end, align), align);');
  } else {
    params = core.map((c, i) => `a${i}: ${c}`).join(', ');
    if (core.length > 0) lines.push(`let flat = [${core.map((c, i) => toBits[c](`a${i}`)).join(', ')}];`);
    let at = 0;
    types.forEach((t, i) => {
      lines.push(`let p${i} = <${t}>::lift(&flat[${at}..]);`);
      at += flat[i].length;
    });
  }
  const call = write(types.map((_, i) => `p${i}`));
  const result = f.result && rustType(f.result);
  const coreResult = f.result ? flatten(f.result) : [];
  let returns = '';
  let post = '';
  if (coreResult.length > MAX_FLAT_RESULTS) {
    returns = ' -> *mut u8';
    lines.push(`static mut AREA: Area<{ <${result}>::SIZE }> = Area([0; <${result}>::SIZE]);`,
      'let area = &raw mut AREA as *mut u8;', `${call}.store(area);`, 'area');
    if (ownsMemory(f.result)) {
      post = `        #[export_name = "cabi_post_${exportName}"]\n` +
        `        unsafe extern "C" fn post${number}(area: *mut u8) { <${result}>::free(area) }\n`;
    }
  } else if (f.result) {
    returns = ` -> ${coreResult[0]}`;
    lines.push('let mut flat = [0];', `${call}.lower(&mut flat);`, fromBits[coreResult[0]]('flat[0]'));
  } else {
    lines.push(`${call};`);
  }
  return `        #[export_name = "${exportName}"]\n        unsafe extern "C" fn call${number}(${params})${returns} {\n` +
    lines.map((l) => `            ${l}\n`).join('') + `        }\n${post}`;
}

const lent = (t) => t.kind === 'string' || (t.kind === 'list' && t.element.kind in NUMBERS && !['bool', 'char'].includes(t.element.kind));

/** What an import borrows of its caller: text and numbers, or perhaps some. */
const lentOrNone = (t) => lent(t) || (t.kind === 'option' && lent(t.some));

function lentType(t) {
  if (t.kind === 'option') return `Option<${lentType(t.some)}>`;
  return t.kind === 'string' ? '&str' : `&[${rustType(t.element)}]`;
}

/** The core arguments of something lent: where it is and how long; before them whether it is there. */
function lentArguments(name, t) {
  return t.kind === 'option' ?
    [`${name}.is_some() as i32`, `${name}.map_or(0, |lent| lent.as_ptr() as i32)`, `${name}.map_or(0, |lent| lent.len() as i32)`] :
    [`${name}.as_ptr() as i32`, `${name}.len() as i32`];
}

/** A function to call the host with. */
function importFunction(f, module) {
  const params = f.params.map((p) => {
    const isLent = lentOrNone(p.type);
    if (!isLent && ownsMemory(p.type)) {
      throw new Error(`${module}#${f.name}: the Rust kit lends only strings and lists of numbers to imports yet`);
    }
    return { name: snake(p.name), of: p.type, type: isLent ? lentType(p.type) : rustType(p.type), lent: isLent, flat: flatten(p.type) };
  });
  const core = params.flatMap((p) => p.flat);
  if (core.length > MAX_FLAT_PARAMS) throw new Error(`${module}#${f.name}: too many parameters for the Rust kit`);
  const coreResult = f.result ? flatten(f.result) : [];
  const spilled = coreResult.length > MAX_FLAT_RESULTS;
  const result = f.result && rustType(f.result);
  const lines = [];
  const args = params.map((p, i) => {
    if (p.lent) return lentArguments(p.name, p.of);
    lines.push(`let mut f${i} = [0; ${p.flat.length}];`, `${p.name}.lower(&mut f${i});`);
    return p.flat.map((c, j) => fromBits[c](`f${i}[${j}]`));
  }).flat();
  if (spilled) {
    lines.push(`let mut area = Area([0; <${result}>::SIZE]);`, 'let area = &raw mut area as *mut u8;');
    args.push('area as i32');
  }
  const call = `import(${args.join(', ')})`;
  if (spilled) lines.push(`${call};`, `<${result}>::load(area)`);
  else if (f.result) lines.push(`let flat = [${toBits[coreResult[0]](call)}];`, `<${result}>::lift(&flat)`);
  else lines.push(`${call};`);
  const coreParams = [...core, ...(spilled ? ['i32'] : [])].map((c, i) => `a${i}: ${c}`).join(', ');
  return `${docs(f.docs, '')}pub fn ${snake(f.name)}(${params.map((p) => `${p.name}: ${p.type}`).join(', ')})${result ? ` -> ${result}` : ''} {\n` +
    '    #[allow(unused_imports)]\n    use calcite_guest::abi::*;\n' +
    `    #[link(wasm_import_module = "${module}")]\n    extern "C" {\n        #[link_name = "${f.name}"]\n` +
    `        fn import(${coreParams})${!spilled && f.result ? ` -> ${coreResult[0]}` : ''};\n    }\n` +
    `    unsafe {\n${lines.map((l) => `        ${l}\n`).join('')}    }\n}\n`;
}

/** Parameters and result of a function in a trait. */
const rustSignature = (f) => `(${f.params.map((p) => `${snake(p.name)}: ${rustType(p.type)}`).join(', ')})` +
  `${f.result ? ` -> ${rustType(f.result)}` : ''}`;

const callOf = (f, guest) => (args) => `<$component as ${guest}>::${snake(f.name)}(${args.join(', ')})`;

const usesHandles = (f) => [...f.params.map((p) => p.type), f.result].some((t) => contains(t, 'own', 'borrow'));

function guestTrait(functions, what, resources = []) {
  if (functions.length + resources.length === 0) return '';
  return resources.map((r) => resourceTrait(r, rustSignature)).join('') +
    `${docs(what, '')}pub trait Guest {\n` +
    resources.map((r) => `    type ${camel(r.name)}: Guest${camel(r.name)};\n`).join('') +
    functions.map((f) => `${docs(f.docs, '    ')}    fn ${snake(f.name)}${rustSignature(f)};\n`).join('') + '}\n';
}

/** Nests texts by module path: {a: {b: text}} as `pub mod a { pub mod b { text } }`. */
function nest(tree, indent = '') {
  return Object.entries(tree).map(([name, inner]) => name === '' ?
    inner.replace(/^(?=.)/gm, indent) :
    `${indent}pub mod ${name} {\n${nest(inner, `${indent}    `)}${indent}}\n`).join('');
}

/** `bindings.rs` for a resolved world. */
export function rustBindings(world) {
  const tree = {};
  const put = (modules, text) => {
    let at = tree;
    for (const m of modules) at = at[m] ??= {};
    at[''] = (at[''] ?? '') + text;
  };
  const exports = [];
  put([], world.types.map(declaration).join('') + guestTrait(world.functions, world.docs));
  put([], world.importedFunctions.map((f) => importFunction(f, '$root')).join(''));
  for (const it of world.imports.values()) {
    if (it.resources.length > 0 || it.functions.some(usesHandles)) continue;
    put(modulesOf(it.id, false), it.types.map(declaration).join('') +
      it.functions.map((f) => importFunction(f, it.id)).join(''));
  }
  world.functions.forEach((f) => exports.push(
    exportFunction(f, f.name, callOf(f, 'crate::bindings::Guest'), exports.length)));
  for (const it of world.exports.values()) {
    const modules = modulesOf(it.id, true);
    const guest = ['crate', 'bindings', ...modules, 'Guest'].join('::');
    put(modules, it.types.map(declaration).join('') + guestTrait(it.functions, it.docs, it.resources));
    it.functions.forEach((f) => exports.push(
      exportFunction(f, `${it.id}#${f.name}`, callOf(f, guest), exports.length)));
    for (const r of it.resources) {
      resourceFunctions(r, guest).forEach((f) => exports.push(
        exportFunction(f, `${it.id}#${f.name}`, f.call, exports.length)));
      exports.push(destructor(r, it.id, guest, exports.length));
    }
  }
  return '// Written by guest-sdk/kits/rust/bindgen.mjs.\n#![allow(dead_code)]\n' +
    nest(tree) + '\n/// Makes `$component` what the world exports.\nmacro_rules! export {\n' +
    '    ($component:ident with_types_in bindings) => { const _: () = {\n' +
    '        #[allow(unused_imports)]\n        use calcite_guest::abi::*;\n' + exports.join('') +
    '    }; };\n}\npub(crate) use export;\n';
}
