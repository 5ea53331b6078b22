import { spawnSync } from 'node:child_process';

export interface Names {
  functions: Set<string>;
  macros: Set<string>;
  types: Set<string>;
  /** Of struct domain and struct vcpu. */
  fields: Set<string>;
}

const none = (): Names => ({ functions: new Set(), macros: new Set(), types: new Set(), fields: new Set() });

/** What the headers in the folder `include` declare, as the compiler sees it. Empty if it cannot be asked. */
export function namesOf(include: string): Names {
  const names = none();
  const run = (...more: string[]) =>
    spawnSync('clang', ['--target=wasm64', '-nostdinc', '-ffreestanding', '-I', include, '-E', ...more, '-xc', '-'], {
      encoding: 'utf8',
      input: '#include "fauxen.h"\n',
    }).stdout ?? '';
  for (const [, name = ''] of run('-dM').matchAll(/^#define (\w+)/gm)) {
    if (!/^(__|_[A-Z]|FAUXEN|fauxen)/.test(name) || /^__(get|put|copy|clear|raw|set|init|read)/.test(name))
      names.macros.add(name);
  }
  const text = run('-P');
  for (const [, name = ''] of text.matchAll(/(\w+)\([^()]*(?:\([^()]*\)[^()]*)*\)\s*(?:__attribute__|[;{])/g)) {
    if (!/^(fauxen|__attribute|sizeof|if|while|for|switch|return)/.test(name)) names.functions.add(name);
  }
  for (const [, list = ''] of text.matchAll(/^typedef\b[^{};]*?([\w, *]+);/gm)) {
    for (const name of list.split(/[\s,*]+/).slice(1)) names.types.add(name);
  }
  for (const [, name = ''] of text.matchAll(/\}\s*(\w+);/g)) names.types.add(name);
  for (const [, name = ''] of text.matchAll(/^(?:struct|enum) (\w+)\s*[{;]/gm)) names.types.add(name);
  for (const [, body = ''] of text.matchAll(/^struct (?:domain|vcpu) \{([\s\S]*?)^\};/gm)) {
    for (const [, name = ''] of body.matchAll(/(\w+)(?:\[\w*\])?\s*[,;]/g))
      if (!name.startsWith('fauxen')) names.fields.add(name);
  }
  return names;
}
