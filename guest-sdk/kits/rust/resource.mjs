// Resources that a guest exports: a trait to implement, handle types, and the functions that the host
// calls, as plain functions whose methods take the resource first.

import { camel, docs, snake } from './names.mjs';

/** The Rust type of a handle, in the module of the resource's interface. */
export const handleName = (t) => camel(t.resource.name) + (t.kind === 'borrow' ? 'Borrow' : '');

/** The handle types of a resource of the exported interface `id`. */
export function handleTypes(resource, id) {
  const own = camel(resource.name);
  const [create, rep, drop] = ['new', 'rep', 'drop'].map((f) => `"[resource-${f}]${resource.name}"`);
  return `calcite_guest::resource! { ${own} ${own}Borrow Guest${own} "[export]${id}" ${create} ${rep} ${drop} }\n`;
}

/** The trait of a resource; `signature` writes parameters and result of a function. */
export function resourceTrait(resource, signature) {
  const of = { constructor: (f) => `fn new${signature({ ...f, result: null })} -> Self`,
    static: (f) => `fn ${snake(f.name)}${signature(f)}`,
    method: (f) => `fn ${snake(f.name)}${signature(f).replace(/^\((?=.)/, (p) => `${p}&self, `).replace('&self, )', '&self)')}` };
  return `${docs(resource.docs, '')}pub trait Guest${camel(resource.name)}: 'static + Sized {\n` +
    resource.functions.map((f) => `${docs(f.docs, '    ')}    ${of[f.form](f)};\n`).join('') + '}\n';
}

/**
 * The functions of a resource as the host names and calls them: `{name, params, result, call}`, where
 * `call` writes the Rust call for the texts of its arguments. `guest` is the path of the interface's
 * trait.
 */
export function resourceFunctions(resource, guest) {
  const own = { kind: 'own', resource };
  const module = guest.slice(0, guest.lastIndexOf('::'));
  const trait = `${module}::Guest${camel(resource.name)}`;
  const value = `<$component as ${guest}>::${camel(resource.name)}`;
  return resource.functions.map((f) => {
    switch (f.form) {
      case 'constructor':
        return { ...f, name: `[constructor]${resource.name}`, result: own,
          call: (args) => `${module}::${camel(resource.name)}::new(<${value} as ${trait}>::new(${args.join(', ')}))` };
      case 'static':
        return { ...f, name: `[static]${resource.name}.${f.name}`,
          call: (args) => `<${value} as ${trait}>::${snake(f.name)}(${args.join(', ')})` };
      default:
        return { ...f, name: `[method]${resource.name}.${f.name}`,
          params: [{ name: 'self', type: { kind: 'borrow', resource } }, ...f.params],
          call: ([self, ...args]) => `<${value} as ${trait}>::${snake(f.name)}(${[`${self}.get::<${value}>()`, ...args].join(', ')})` };
    }
  });
}

/** What the host calls when the last handle is gone. */
export function destructor(resource, id, guest, number) {
  return `        #[export_name = "${id}#[dtor]${resource.name}"]\n` +
    `        unsafe extern "C" fn drop${number}(rep: *mut u8) {\n` +
    `            drop(Box::from_raw(rep as *mut <$component as ${guest}>::${camel(resource.name)}));\n        }\n`;
}
