import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Explainer } from '../../src/explain/explainer.ts';
import { string, u32 } from '../../src/user-hypercalls/arguments.ts';
import { defineHypercall } from '../../src/user-hypercalls/define.ts';
import { destructuredNames, forgetsReturn } from '../../src/user-hypercalls/handler-parameters.ts';
import { LoadedHypercalls } from '../../src/user-hypercalls/loaded.ts';
import { resultRemarks } from '../../src/user-hypercalls/result-remarks.ts';
import { errno } from '../../src/xen/errno.ts';
import { FakeGuest } from '../xen/fake-guest.ts';
import { hypercall, testHypervisor } from '../xen/host.ts';

// biome-ignore lint/suspicious/noExplicitAny: definitions that the type checker would refuse
const define = defineHypercall as (definition: any) => unknown;

/** Calls hypercall 60 with this text as its handler; returns the result, the explanations, and the ring. */
async function called(t: Test, handler: string, args = '') {
  const file = join(t.testdir(), 'mine.ts');
  writeFileSync(
    file,
    `import { defineHypercall, string, u32 } from 'fauxen';\nconst errno = { EINVAL: 22 };\nexport default defineHypercall({\n  name: 'mine', number: 60, args: { ${args} },\n  ${handler}\n});\n`,
  );
  const hypervisor = await testHypervisor();
  const user = new LoadedHypercalls({ hypervisor, onFailure: () => {} });
  user.load([file]);
  const explainer = new Explainer({
    hypervisor,
    tid: () => 1,
    caller: () => ({ tid: 1, pid: 1, comm: 'prog' }),
    maps: () => '',
    files: () => user.files,
  });
  const result = hypercall(hypervisor, new FakeGuest(), 60, [7]);
  return { result, why: explainer.records().at(-1)?.explanation, ring: hypervisor.console.ring.text() };
}

t.test('an unknown key is refused, and the nearest one is suggested', (t) => {
  const handler = () => 0;
  t.throws(
    () => define({ name: 'x', number: 60, arg: { a: u32 }, handler }),
    /unknown key 'arg' \(did you mean 'args'\?\)/,
  );
  t.throws(() => define({ name: 'x', nubmer: 60, handler }), /unknown key 'nubmer' \(did you mean 'number'\?\)/);
  t.throws(
    () => define({ name: 'x', number: 60, colour: 'red', handler }),
    /unknown key 'colour'\. The keys are name, /,
  );
  t.end();
});

t.test('a handler that names an argument that does not exist is refused', (t) => {
  const args = { message: string(), length: u32 };
  const refusal = /takes an argument 'mesage' \(did you mean 'message'\?\): its arguments are message, length/;
  const parameter = { name: 'x', number: 60, args };
  t.throws(() => define({ ...parameter, handler: ({ mesage }: Record<string, unknown>) => mesage }), refusal);
  t.throws(
    () =>
      define({
        ...parameter,
        handler({ length, mesage: text = 'none' }: Record<string, unknown>) {
          return text ?? length;
        },
      }),
    refusal,
  );
  t.doesNotThrow(() => define({ ...parameter, handler: ({ ...all }) => Object.keys(all).length }));
  t.doesNotThrow(() => define({ ...parameter, handler: ({ message: { length } }: { message: string }) => length }));
  t.end();
});

t.test('destructured argument names are found in all forms of a handler', (t) => {
  t.strictSame(
    destructuredNames(({ a, b: { c }, d }: never) => [a, c, d]),
    ['a', 'b', 'd'],
  );
  t.strictSame(
    destructuredNames(function named({ a }: never) {
      return a;
    }),
    ['a'],
  );
  t.strictSame(
    destructuredNames(
      {
        handler({ a, 'b-c': e }: never) {
          return [a, e];
        },
      }.handler,
    ),
    ['a', 'b-c'],
  );
  t.equal(
    destructuredNames((args: never) => args),
    undefined,
  );
  t.equal(
    destructuredNames(() => 0),
    undefined,
  );
  t.end();
});

t.test('a forgotten return is distinguished from an expression with an effect', (t) => {
  const forgets = (text: string) => forgetsReturn(new Function('a', 'b', text) as () => unknown);
  t.ok(forgets('a + b'));
  t.ok(forgets('const c = a; c * 2;'));
  t.notOk(forgets('return a + b;'));
  t.notOk(forgets('a.push(b);'));
  t.notOk(forgets('a.x = b;'));
  t.notOk(forgets('b++;'));
  t.notOk(forgets(''));
  t.end();
});

t.test('a missing argument is named when the handler uses it', async (t) => {
  const { result, why } = await called(t, 'handler(args) { return args.cuont; }', 'count: u32');
  t.equal(result, -errno.EFAULT);
  t.match(why, { cause: 'handler-threw', why: /mine has no argument 'cuont' \(did you mean 'count'\?\)/ });
});

t.test('the same in C, where -EPERM is also -1: the source distinguishes them', async (t) => {
  const remark = (text: string, result: bigint) => {
    const file = join(t.testdir(), 'mine.c');
    writeFileSync(file, text);
    const handler = () => result;
    return resultRemarks({ name: 'mine', number: 60, args: {}, handler, source: `${file}:1` })(result)?.kind;
  };
  t.equal(remark('long do_mine(void) { return -1; }', -1n), 'minus-one');
  t.equal(remark('long do_mine(void) { return -EPERM; }', -1n), undefined);
  t.equal(remark('long do_mine(void) { return EINVAL; }', 22n), 'positive-errno');
  t.equal(remark('long do_mine(void) { return 22; }', 22n), 'positive-errno');
  t.equal(remark('long do_mine(void) { return 21; }', 21n), undefined, 'few know EISDIR by number');
  t.equal(remark('long do_mine(void) { return a * 22; }', 22n), undefined);
});

t.test('results that are probably not intended are explained', async (t) => {
  t.match(await called(t, 'handler: () => errno.EINVAL,'), { result: 22, why: { cause: 'positive-errno' } });
  t.match(await called(t, 'handler: () => 38,'), { result: 38, why: { cause: 'positive-errno' } });
  t.match(await called(t, 'handler: () => -1,'), { result: -1, why: { cause: 'minus-one', why: /EPERM/ } });
  t.match(await called(t, 'handler() { return errno.EINVAL; }'), {
    result: 22,
    why: { cause: 'positive-errno', why: /22, which is EINVAL without its minus/ },
  });
  t.match(await called(t, 'handler({ count }) { count + 1 }', 'count: u32'), {
    result: 0,
    why: { cause: 'nothing-returned' },
  });
  t.match(await called(t, 'handler: () => 23,'), { result: 23, why: undefined }, 'a number that may be meant');
});

t.test('values other than text are printed readably, with a remark', async (t) => {
  const object = await called(t, "handler(_, xen) { xen.printk({ a: 1, b: 'two' }); return 0; }");
  t.match(object.ring, "{ a: 1, b: 'two' }\n");
  t.match(await called(t, 'handler(_, xen) { xen.printk(`sum ${Number("x")}`); return 0; }'), {
    why: { cause: 'odd-output', why: /mine\.ts:5 printed NaN/ },
  });
  t.match(await called(t, 'handler(_, xen) { xen.printk(`it is ${{}}`); return 0; }'), {
    why: { cause: 'odd-output', why: /\[object Object\]/, change: /JSON\.stringify/ },
  });
});

t.test('xen.fail with an unknown errno name is explained', async (t) => {
  const { result, why } = await called(t, "handler(_, xen) { xen.fail('ENOSUCH'); }");
  t.equal(result, -errno.EFAULT);
  t.match(why, { cause: 'handler-threw', why: /there is no errno 'ENOSUCH' \(did you mean '/ });
});
