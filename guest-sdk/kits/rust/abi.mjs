// How the canonical ABI passes values: the core types that a value flattens to.

export const MAX_FLAT_PARAMS = 16;
export const MAX_FLAT_RESULTS = 1;

/** Core types of a value of type `t` (null for no payload). */
export function flatten(t) {
  if (t === null) return [];
  switch (t.kind) {
    case 'bool': case 's8': case 's16': case 's32': case 'u8': case 'u16': case 'u32': case 'char':
    case 'enum': case 'own': case 'borrow':
      return ['i32'];
    case 's64': case 'u64': return ['i64'];
    case 'f32': return ['f32'];
    case 'f64': return ['f64'];
    case 'string': case 'list': return ['i32', 'i32'];
    case 'flags': return ['i32'];
    case 'record': return t.fields.flatMap((f) => flatten(f.type));
    case 'tuple': return t.items.flatMap(flatten);
    case 'option': return ['i32', ...flatten(t.some)];
    case 'result': return ['i32', ...join(flatten(t.ok), flatten(t.err))];
    case 'variant': return ['i32', ...t.cases.map((c) => flatten(c.type)).reduce(join, [])];
    default: throw new Error(`no such kind of type: ${t.kind}`);
  }
}

/** One list of core types that can carry either of two. */
function join(a, b) {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.map((x, i) => {
    const y = short[i] ?? x;
    if (x === y) return x;
    return [x, y].every((c) => c === 'i32' || c === 'f32') ? 'i32' : 'i64';
  });
}

/** Whether a type is, or has within it, one of these kinds. */
export function contains(t, ...kinds) {
  if (t === null) return false;
  if (kinds.includes(t.kind)) return true;
  const has = (inner) => contains(inner, ...kinds);
  switch (t.kind) {
    case 'list': return has(t.element);
    case 'record': return t.fields.some((f) => has(f.type));
    case 'tuple': return t.items.some(has);
    case 'option': return has(t.some);
    case 'result': return has(t.ok) || has(t.err);
    case 'variant': return t.cases.some((c) => has(c.type));
    default: return false;
  }
}

/** Whether a value owns memory that somebody has to free. */
export const ownsMemory = (t) => contains(t, 'string', 'list');
