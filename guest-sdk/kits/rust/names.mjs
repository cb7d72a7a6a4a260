// Names and doc comments as Rust writes them.

const KEYWORDS = new Set(('as async await box break const continue crate dyn else enum extern false fn ' +
  'for if impl in let loop macro match mod move mut pub ref return self static struct super trait true ' +
  'try type unsafe use where while yield').split(' '));

export function snake(name) {
  const id = name.replaceAll('-', '_').toLowerCase();
  return KEYWORDS.has(id) ? `${id}_` : id;
}

export function camel(name) {
  return name.split('-').map((w) => w[0].toUpperCase() + w.slice(1).toLowerCase()).join('');
}

export const screaming = (name) => name.replaceAll('-', '_').toUpperCase();

export function docs(text, indent) {
  return text ? text.split('\n').map((l) => `${indent}///${l ? ` ${l}` : ''}\n`).join('') : '';
}
