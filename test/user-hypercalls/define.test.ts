import t from 'tap';
import { bytes, u32 } from '../../src/user-hypercalls/arguments.ts';
import { DefinitionError, defineHypercall } from '../../src/user-hypercalls/define.ts';

t.test('an impossible definition is refused with a clear message', (t) => {
  const good = { name: 'x', number: 39, handler: () => 0 };
  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ ...good, name: 'two words' }, /C identifier/],
    [{ ...good, number: -1 }, /whole number/],
    [{ ...good, number: '39' }, /whole number/],
    [{ ...good, handler: undefined }, /no handler/],
    [{ ...good, args: { a: u32, b: u32, c: u32, d: u32, e: u32, f: u32 } }, /at most 5/],
    [{ ...good, args: { a: 'u32' } }, /argument a of x has no type/],
    [{ ...good, args: [u32] }, /args of x gives each argument a name/],
    [
      { ...good, args: { b: bytes({ length: 'size' }), siz: u32 } },
      /the length of b of x is an argument 'size' \(did you mean 'siz'\?\)/,
    ],
  ];
  for (const [definition, message] of wrong) {
    // As a user without a type checker may write.
    t.throws(() => defineHypercall(definition as unknown as Parameters<typeof defineHypercall>[0]), { message });
    t.throws(() => defineHypercall(definition as unknown as Parameters<typeof defineHypercall>[0]), DefinitionError);
  }
  t.end();
});

t.test('a definition knows its file and line', (t) => {
  t.match(defineHypercall({ name: 'here', number: 1, handler: () => 0 }).source, /define\.test\.ts:\d+$/);
  t.end();
});
