/**
 * The direction of imports between the folders of src/ (docs/design.md, "Source tree"). A folder without a key here
 * is a violation too, so that each new folder gets a rule.
 */
export interface Rule {
  /** Folders of src/ from which values may be imported. */
  folders: string[];
  /** Folders from which only types may be imported. */
  types?: string[];
  /** Whether node: modules and packages may be imported. */
  outside: boolean;
}

export const rules: Record<string, Rule> = {
  xen: { folders: [], outside: false },
  package: { folders: [], outside: true },
  language: { folders: [], outside: false },
  fuse: { folders: ['linux', 'language'], outside: true },
  linux: { folders: [], outside: true },
  caller: { folders: ['linux'], types: ['xen'], outside: true },
  drivers: { folders: ['xen', 'caller', 'linux', 'fuse'], outside: true },
  'user-hypercalls': { folders: ['xen', 'package', 'linux', 'language'], outside: true },
  explain: { folders: ['xen', 'language', 'caller', 'drivers', 'user-hypercalls'], outside: true },
  trace: { folders: ['xen', 'package', 'user-hypercalls'], outside: true },
  guests: { folders: ['xen'], outside: false },
  scenario: { folders: ['xen', 'package', 'guests'], outside: true },
  lab: { folders: ['package', 'language', 'linux', 'scenario'], types: ['daemon'], outside: true },
  daemon: {
    folders: [
      'package',
      'language',
      'scenario',
      'guests',
      'fuse',
      'linux',
      'caller',
      'drivers',
      'xen',
      'user-hypercalls',
      'explain',
      'trace',
    ],
    outside: true,
  },
  cli: {
    folders: ['package', 'language', 'lab', 'daemon', 'fuse', 'linux', 'xen', 'user-hypercalls', 'explain', 'trace'],
    outside: true,
  },
};

interface Import {
  specifier: string;
  typeOnly: boolean;
}

/**
 * The imports of a TypeScript source. A regular expression suffices for formatted sources, where each import begins a
 * line.
 */
export function importsOf(source: string): Import[] {
  const withoutComments = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  const from = /^(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]*?\sfrom\s+)?(['"])([^'"]+)\2/gm;
  for (const match of withoutComments.matchAll(from)) {
    found.push({ specifier: match[3] ?? '', typeOnly: match[1] !== undefined });
  }
  for (const match of withoutComments.matchAll(/(typeof\s+)?\b(?:import|require)\(\s*(['"])([^'"]+)\2/g)) {
    found.push({ specifier: match[3] ?? '', typeOnly: match[1] !== undefined });
  }
  return found;
}

/** The violations, one sentence each. Keys of `sources` are paths relative to src/. */
export function violations(sources: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, source] of sources) {
    const folder = folderOf(path);
    if (folder === '') continue; // index.ts and similar files wire everything together
    const rule = rules[folder];
    if (rule === undefined) {
      found.push(`src/${path}: no rule for the folder ${folder}; add one to test/helpers/import-directions.ts`);
      continue;
    }
    for (const { specifier, typeOnly } of importsOf(source)) {
      if (!specifier.startsWith('.')) {
        if (!rule.outside && !typeOnly)
          found.push(`src/${path} imports ${specifier}: ${folder} imports nothing from outside`);
        continue;
      }
      const target = folderOf(new URL(specifier, `file:///src/${path}`).pathname.replace(/^\/src\//, ''));
      if (target === folder || rule.folders.includes(target)) continue;
      if (typeOnly && rule.types?.includes(target)) continue;
      found.push(`src/${path} imports ${specifier}: ${folder} may not import ${target || 'the root of src'}`);
    }
  }
  return found;
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
