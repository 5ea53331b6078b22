import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { check as command } from '../../src/cli/check.ts';
import { newFile } from '../../src/cli/new.ts';
import { checkFiles } from '../../src/user-hypercalls/check/check-files.ts';
import { tableText } from '../../src/user-hypercalls/check/table-text.ts';
import { loadAbi, type XenVersion } from '../../src/xen/abi/abi.ts';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** A folder outside the checkout, where none of its packages is found. `typescript`: install the checkout's compiler there. */
function folder(t: Test, typescript = true): string {
  const made = mkdtempSync(join(tmpdir(), 'fauxen-check-test-'));
  t.teardown(() => rmSync(made, { recursive: true }));
  if (typescript) {
    mkdirSync(join(made, 'node_modules/.bin'), { recursive: true });
    for (const name of ['typescript', '@typescript'])
      symlinkSync(join(checkout, 'node_modules', name), join(made, 'node_modules', name));
  }
  return made;
}

/** Without tap's module: the TypeScript compiler does not start with it. */
const bare = (cwd: string, ...args: string[]) =>
  runCommand('env', ['-u', 'NODE_OPTIONS', process.execPath, ...args], { cwd, timeout: 120_000 });

const check = (cwd: string, ...args: string[]) => bare(cwd, cli, 'check', ...args);

t.test('the files of fauxen new pass the check, and mistakes in them are reported with their line', async (t) => {
  const cwd = folder(t);
  await newFile.run({ dir: cwd }, ['hypercall', 'greet']);
  t.match(await check(cwd, 'fauxen.d.ts', 'greet.ts'), {
    status: 0,
    stderr: '',
    stdout:
      /^ {4}43 {2}greet\(const char \*message\) +do +do +do +do +greet\.ts:8$[\s\S]*TypeScript: type-checked by TypeScript \d[\s\S]*No mistakes in 1 file\.\n$/m,
  });
  const text = readFileSync(join(cwd, 'greet.ts'), 'utf8');
  writeFileSync(join(cwd, 'greet.ts'), text.replace('message.length;', 'message.size;'));
  t.match(await check(cwd, 'greet.ts'), {
    status: 1,
    stderr: "error: greet.ts:15: Property 'size' does not exist on type 'string'.\n",
    stdout: /1 mistake in 1 file\.\n$/,
  });
});

for (const [what, settings] of Object.entries({
  'of tsc --init': {
    module: 'nodenext',
    target: 'esnext',
    types: [],
    strict: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    moduleDetection: 'force',
  },
  'of old projects': { module: 'commonjs', target: 'es2016', lib: ['es5'], types: [] },
  'of CommonJS that keeps imports': {
    module: 'commonjs',
    target: 'es2022',
    types: [],
    strict: true,
    verbatimModuleSyntax: true,
  },
  'for bundlers and declarations': {
    module: 'esnext',
    moduleResolution: 'bundler',
    isolatedDeclarations: true,
    declaration: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    skipLibCheck: false,
  },
})) {
  t.test(`what fauxen new writes passes tsc with the settings ${what}`, async (t) => {
    const cwd = folder(t);
    writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...settings, noEmit: true } }));
    await newFile.run({ dir: cwd }, ['hypercall', 'greet']);
    const script = settings.module === 'nodenext' ? 'greet.mts' : 'greet.ts';
    t.ok(existsSync(join(cwd, script)));
    t.match(await bare(cwd, 'node_modules/typescript/bin/tsc'), { status: 0, stdout: '', stderr: '' });
    t.match((await find(cwd, [script])).table, /43 {2}greet\(const char \*message\)/);
  });
}

/** What a check finds, in this process. */
async function find(cwd: string, files: string[], xen: XenVersion = '4.17') {
  const abi = await loadAbi(xen);
  const found = checkFiles(
    files.map((file) => join(cwd, file)),
    abi,
    cwd,
  );
  return { ...found, table: tableText(found.loaded, abi, cwd) };
}

t.test('without TypeScript only the definitions are checked, and check says so', async (t) => {
  const cwd = folder(t, false);
  writeFileSync(
    join(cwd, 'a.ts'),
    `import { defineHypercall, u32 } from 'fauxen';
export default defineHypercall({ name: 'a', number: 39, arg: { x: u32 }, handler: () => 0 });
`,
  );
  writeFileSync(
    join(cwd, 'b.ts'),
    `import { defineHypercall, u32 } from 'fauxen';
export default defineHypercall({ name: 'b', number: 39, args: { x: u32 }, handler: ({ x }) => x });
`,
  );
  const { mistakes, warnings, table, types } = await find(cwd, ['a.ts', 'b.ts']);
  t.equal(mistakes.length, 1);
  t.match(mistakes[0], /^a\.ts:2: .*unknown key 'arg' \(did you mean 'args'\?\)/);
  t.strictSame(warnings, ['b.ts:2: 39 is argo_op of Xen 4.17: programs that call argo_op get b']);
  t.match(table, /^ {4}39 {2}b\(uint32_t x\) /m, 'a mistake in one file does not hide the others');
  t.equal(types, 'not type-checked: no TypeScript here. npm install --save-dev typescript');
});

t.test('operations are listed under their hypercall; two with the same number are refused', async (t) => {
  const cwd = folder(t, false);
  const operation = (name: string) => `import { defineOperation, struct, u32 } from 'fauxen';
export default defineOperation({ of: 'domctl', name: '${name}', number: 200, struct: struct('${name}', { x: u32 }), handler: () => 0 });
`;
  for (const name of ['one', 'two']) writeFileSync(join(cwd, `${name}.ts`), operation(name));
  t.match(await find(cwd, ['one.ts']), {
    mistakes: [],
    table: /^ {4}36 {2}domctl +do +do +do +do +Xen 4\.17\n {3}200 {4}one\(struct one\) +one\.ts:2$/m,
  });
  t.match(await find(cwd, ['one.ts', 'two.ts']), {
    mistakes: ['two.ts:2: domctl number 200 of two is taken by one at one.ts:2'],
  });
});

t.test('C is compiled with Xen’s warnings as errors', { skip: missing('clang') }, async (t) => {
  const cwd = folder(t, false);
  const source = (body: string) => `#define __HYPERVISOR_plus 43
#include <xen/lib.h>
long do_plus(int a, XEN_GUEST_HANDLE_PARAM(char) text)
{
    ${body}
}
`;
  writeFileSync(join(cwd, 'good.c'), source('return a + guest_handle_is_null(text);'));
  writeFileSync(join(cwd, 'bad.c'), source('int unused; return a;'));
  t.match(await find(cwd, ['good.c']), {
    mistakes: [],
    table: /^ {4}43 {2}plus\(int a, XEN_GUEST_HANDLE_PARAM\(char\) text\) +do +do +do +do +good\.c:3$/m,
  });
  t.match(await find(cwd, ['bad.c']), { mistakes: [/^bad\.c:5: unused variable 'unused'/] });
});

const header = (number: number) => `--- a/xen/include/public/xen.h
+++ b/xen/include/public/xen.h
@@ -100,6 +100,7 @@
 #define __HYPERVISOR_tmem_op              38
 #define __HYPERVISOR_xc_reserved_op       39 /* reserved for XenClient */
+#define __HYPERVISOR_plus                 ${number}
 
 /* Architecture-specific hypercall definitions. */
 #define __HYPERVISOR_arch_0               48
 #define __HYPERVISOR_arch_1               49
`;
const entry = `--- a/xen/arch/x86/x86_64/entry.S
+++ b/xen/arch/x86/x86_64/entry.S
@@ -700,6 +700,7 @@
         .quad do_sysctl             /* 35 */
         .quad do_domctl
         .quad do_kexec_op
         .quad do_tmem_op
+        .quad do_plus
         .rept __HYPERVISOR_arch_0-((.-hypercall_table)/8)
         .quad do_ni_hypercall
         .endr
`;
const code = `--- a/xen/common/kernel.c
+++ b/xen/common/kernel.c
@@ -300,3 +300,9 @@
 DO(nmi_op)(unsigned int cmd, XEN_GUEST_HANDLE(void) arg)
 {
 }
+
+long do_plus(int a)
+{
+    printk("plus\\n");
+    return a;
+}
`;

t.test(
  'a series of patches shows the slot it fills, and a wrong number is a mistake',
  { skip: missing('clang') },
  async (t) => {
    const cwd = folder(t, false);
    writeFileSync(join(cwd, '1-number.patch'), header(39));
    writeFileSync(join(cwd, '2-table.patch'), entry + code);
    t.match(await check(cwd, '--xen', '4.2', '1-number.patch', '2-table.patch'), {
      status: 0,
      stdout: /^ {4}39 {2}plus\(int a\) +do +- +- +- +2-table\.patch:19$/m,
    });
    writeFileSync(join(cwd, '1-number.patch'), header(40));
    t.match(await check(cwd, '--xen', '4.2', '1-number.patch', '2-table.patch'), {
      status: 1,
      stderr: /^error: 1-number\.patch:6: __HYPERVISOR_plus is 40, but do_plus is in slot 39 /m,
    });
  },
);

t.test('wrong use is refused', async (t) => {
  const cwd = folder(t, false);
  t.match(await check(cwd, 'absent.ts'), { status: 2, stderr: /cannot read absent\.ts: it does not exist/ });
  await t.rejects(command.run({}, []), /no file given/);
  await t.rejects(command.run({ xen: '2.0' }, [cwd]), /no Xen 2\.0/);
  t.match(await find(cwd, ['.']), { mistakes: [/no source tree of Xen/] });
});
