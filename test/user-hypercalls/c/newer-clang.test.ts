import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { head, loadC } from '../../helpers/c-hypercalls.ts';

/** The newest of the versions that may be installed beside the default one. */
const version = [21, 20, 19].find(
  (each) => existsSync(`/usr/bin/clang-${each}`) && existsSync(`/usr/bin/wasm-ld-${each}`),
);
const skip =
  version === undefined ? 'no clang and lld of version 19 or later is installed beside the default one' : false;

t.test('function tables work with newer compilers, which make their indices 64 bits wide', { skip }, async (t) => {
  const bin = mkdtempSync(join(tmpdir(), 'clang-'));
  for (const tool of ['clang', 'wasm-ld']) symlinkSync(`/usr/bin/${tool}-${version}`, join(bin, tool));
  const path = process.env.PATH;
  process.env.PATH = `${bin}:${path}`;
  t.teardown(() => {
    process.env.PATH = path;
    rmSync(bin, { recursive: true });
  });
  const { call, said } = await loadC(
    t,
    'table.c',
    `${head}
static int three(int a) { return a + 3; }
static int four(int a) { return a + 4; }
static int (*const table[])(int) = { three, four };
static int by_value(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
long do_hello(int which)
{
    int values[] = { 5, 3, 4 };

    sort(values, 3, sizeof(int), by_value, NULL);
    printk("%pv: %d %d %d\\n", current, values[0], values[1], values[2]);
    return table[which](10);
}
`,
  );
  t.equal(call(0), 13);
  t.equal(call(1), 14);
  t.match(said(), 'd0v0: 3 4 5');
});
