import { importsOf } from './import-directions.ts';

/**
 * The sets of files that import each other in cycles: the strongly connected components with more than one file,
 * largest first. Keys of `sources` are paths relative to src/; imports of types count.
 */
export function importCircles(sources: ReadonlyMap<string, string>): string[][] {
  const targets = new Map<string, string[]>();
  for (const [path, source] of sources) {
    const found = importsOf(source)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ specifier }) => new URL(specifier, `file:///${path}`).pathname.slice(1));
    targets.set(
      path,
      found.filter((target) => sources.has(target)),
    );
  }
  return components(targets)
    .filter(({ length }) => length > 1)
    .sort((a, b) => b.length - a.length);
}

/** Tarjan's algorithm. */
function components(targets: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();

  const visit = (path: string): number => {
    const index = order.size;
    let low = index;
    order.set(path, index);
    stack.push(path);
    onStack.add(path);
    for (const target of targets.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (onStack.has(target)) low = Math.min(low, order.get(target)!);
    }
    if (low === index) {
      const component = stack.splice(stack.indexOf(path));
      for (const member of component) onStack.delete(member);
      found.push(component);
    }
    return low;
  };

  for (const path of targets.keys()) if (!order.has(path)) visit(path);
  return found;
}
