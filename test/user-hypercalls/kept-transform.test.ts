import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadDefinitions } from '../../src/user-hypercalls/load.ts';
import { useCache } from '../helpers/use-cache.ts';

const source = (name: string) => `
import { defineHypercall } from 'fauxen';
enum Kind { one = 60 }
export default defineHypercall({ name: '${name}', number: Kind.one, args: {}, handler: () => 0 });
`;

t.test('a file is loaded in its current version, with or without a cached transformation', async (t) => {
  const directory = t.testdir({ cache: {}, files: {} });
  const cache = join(directory, 'cache/fauxen');
  useCache(t, cache);
  const file = join(directory, 'files/a.ts');
  const names = () => loadDefinitions(file).hypercalls.map(({ name, number }) => `${name} ${number}`);
  writeFileSync(file, source('first'));
  t.strictSame(names(), ['first 60']);
  const [kept = ''] = readdirSync(cache);
  t.match(kept, /^transformed-\d+$/);
  const path = join(cache, kept);
  t.strictSame(names(), ['first 60']);

  // A mark in the cached code shows that it is what runs.
  const content = readFileSync(path, 'utf8');
  writeFileSync(path, content.replaceAll("name: 'first'", "name: 'kept_'"));
  t.strictSame(names(), ['first 60'], 'the text in the key is another one then');
  const end = content.lastIndexOf("name: 'first'");
  writeFileSync(path, `${content.slice(0, end)}name: 'kept_'${content.slice(end + "name: 'first'".length)}`);
  t.strictSame(names(), ['kept_ 60']);

  writeFileSync(file, source('second'));
  t.strictSame(names(), ['second 60'], 'after a change of the file');
  t.strictSame(names(), ['second 60']);
  process.env.FAUXEN_CACHE = '';
  t.strictSame(names(), ['second 60'], 'without a cache');
});

t.test('a mistake is reported with its line, also when the file is reloaded', async (t) => {
  const directory = t.testdir({ 'bad.ts': '\n\nexport default {;\n' });
  for (const _ of [1, 2]) t.throws(() => loadDefinitions(join(directory, 'bad.ts')).hypercalls, /bad\.ts:3: /);
});
