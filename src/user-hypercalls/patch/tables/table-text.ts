// The lines of Xen's hypercall tables, in all forms that releases have had: .quad and .byte in entry.S, HYPERCALL() and ARGS() in C, and the
// aligned rows of hypercall-defs.c.

/** The meaning of one line. */
export type TableToken =
  | { readonly kind: 'label'; readonly label: string }
  /** .quad or .long: the next slot. */
  | { readonly kind: 'entry'; readonly symbol: string; readonly number?: number }
  /** .byte: how many arguments the next slot takes. */
  | { readonly kind: 'count'; readonly count: number; readonly symbol: string }
  /** .rept: slots without a hypercall, up to a number that is given as an expression. */
  | { readonly kind: 'pad'; readonly to: string }
  /** A slot that is named: its functions for 64-bit and 32-bit callers. */
  | { readonly kind: 'slot'; readonly name: string; readonly native: string; readonly compat: string }
  /** Counts of arguments by name. */
  | { readonly kind: 'args'; readonly name: string; readonly native: number; readonly compat: number }
  /** A prototype of hypercall-defs.c. */
  | { readonly kind: 'prototype'; readonly name: string; readonly count: number }
  /** A row of hypercall-defs.c: what serves it for each column, "-" for nothing. */
  | { readonly kind: 'row'; readonly name: string; readonly cells: readonly string[] };

/** Follows the lines: those inside .rept are no entries. */
export class TableReader {
  #repeat = false;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(line: string): TableToken | undefined {
    if (this.#path.endsWith('.S')) return this.#assembler(line);
    return this.#path.endsWith('hypercall-defs.c') ? definition(line) : inC(line);
  }

  #assembler(line: string): TableToken | undefined {
    const label = /^\s*(?:ENTRY|GLOBAL|DATA)\(\s*(\w+)\s*\)|^(\w+):/.exec(line);
    if (label !== null) return { kind: 'label', label: label[1] ?? label[2] ?? '' };
    const directive = /^\s*\.(\w+)\s*(.*)$/.exec(line);
    if (directive === null) return undefined;
    const [, name, rest = ''] = directive;
    const value = rest
      .replace(/\/\*.*/, '')
      .replace(/#.*/, '')
      .trim();
    const comment = /\/\*\s*(.*?)\s*\*\//.exec(rest)?.[1] ?? '';
    if (name === 'endr') {
      this.#repeat = false;
      return undefined;
    }
    if (this.#repeat) return undefined;
    if (name === 'rept') {
      this.#repeat = true;
      return { kind: 'pad', to: /^([\w]+)\s*-\s*\(/.exec(value)?.[1] ?? value };
    }
    if ((name === 'quad' || name === 'long') && /^[A-Za-z_]\w*$/.test(value)) {
      const number = /^\d+$/.test(comment) ? { number: Number(comment) } : {};
      return { kind: 'entry', symbol: value, ...number };
    }
    if (name === 'byte' && /^\d+$/.test(value)) {
      return { kind: 'count', count: Number(value), symbol: /^\w+/.exec(comment)?.[0] ?? '' };
    }
    return undefined;
  }
}

/** hypercall-defs.c: name, then do, compat, hvm or - for each caller, with a priority after a colon. */
function definition(line: string): TableToken | undefined {
  if (/^table:/.test(line)) return { kind: 'label', label: 'table' };
  const prototype = /^(\w+)\(([^)]*)\)/.exec(line);
  if (prototype !== null) {
    const parameters = (prototype[2] ?? '').trim();
    return { kind: 'prototype', name: prototype[1] ?? '', count: parameters === '' ? 0 : parameters.split(',').length };
  }
  const row = /^(\w+)\s+((?:(?:-|do|compat|hvm|dep|do_arm)(?::\d+)?\s*)+)(?:\/\*.*)?$/.exec(line);
  if (row === null) return undefined;
  const cells = (row[2] ?? '').trim().split(/\s+/);
  return { kind: 'row', name: row[1] ?? '', cells: cells.map((cell) => cell.replace(/:\d+$/, '')) };
}

function inC(line: string): TableToken | undefined {
  if (/^\s*#/.test(line)) return undefined;
  const label = /\b(\w*hypercall\w*table)\s*\[[^\]]*\]\s*=/.exec(line);
  if (label !== null) return { kind: 'label', label: label[1] ?? '' };
  const slot = /^\s*\[\s*__HYPERVISOR_(\w+)\s*\]\s*=\s*(.*)$/.exec(line);
  if (slot !== null) {
    const [, name = '', value = ''] = slot;
    const numbers = /^\{?\s*(\d+)\s*(?:,\s*(\d+))?/.exec(value);
    if (numbers !== null)
      return { kind: 'args', name, native: Number(numbers[1]), compat: Number(numbers[2] ?? numbers[1]) };
    const symbols = [...value.replace(/\([^()]*\*\s*\)/g, ' ').matchAll(/[A-Za-z_]\w*/g)].map(([symbol]) => symbol);
    const native = symbols[0] ?? '';
    return { kind: 'slot', name, native, compat: symbols[1] ?? native };
  }
  const macro = /^\s*([A-Z][A-Z_\d]*)\s*\(\s*(\w+)\s*(?:,\s*(\d+)\s*(?:,\s*(\d+)\s*)?)?\)\s*,?/.exec(line);
  if (macro === null) return undefined;
  const [, called = '', name = '', first, second] = macro;
  if (/^(ARGS|COMP)$/.test(called) && first !== undefined)
    return { kind: 'args', name, native: Number(first), compat: Number(second ?? first) };
  if (called === 'HVM_CALL') return { kind: 'slot', name, native: `hvm_${name}`, compat: `hvm_${name}` };
  if (called.startsWith('COMPAT')) return { kind: 'slot', name, native: `do_${name}`, compat: `compat_${name}` };
  if (/CALL/.test(called)) return { kind: 'slot', name, native: `do_${name}`, compat: `do_${name}` };
  return undefined;
}

/** A token in the form of the release data: enough to recognise it. */
export function tokenText(token: TableToken): string {
  switch (token.kind) {
    case 'entry':
      return token.symbol;
    case 'count':
      return `${token.count} ${token.symbol}`;
    case 'pad':
      return `>${token.to}`;
    case 'label':
      return token.label;
    default:
      return token.name;
  }
}
