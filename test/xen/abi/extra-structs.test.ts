import t from 'tap';
import { extraStructs } from '../../../src/xen/abi/extra-structs.ts';
import type { StructData } from '../../../src/xen/abi/layout.ts';

type Field = StructData['fields'][string];

const byOffset = ([, [one]]: [string, Field], [, [other]]: [string, Field]) => one - other;

t.test(
  'the fields of each struct do not overlap, are aligned, and fill it as a C compiler for x86-64 lays it out',
  async (t) => {
    for (const [name, { size, fields }] of Object.entries(extraStructs)) {
      let end = 0;
      let alignment = 1;
      for (const [path, [offset, bytes]] of Object.entries(fields).sort(byOffset)) {
        // A field of any other size is an array or a union, whose alignment is not known here.
        const own = [1, 2, 4, 8].includes(bytes) ? bytes : 1;
        alignment = Math.max(alignment, own);
        t.equal(offset % own, 0, `${name}.${path} is aligned`);
        t.ok(path.includes('.') || offset >= end, `${name}.${path} starts after the end of the field before it`);
        end = Math.max(end, offset + bytes);
      }
      t.ok(size >= end && size - end < 8, `${name} has ${size} bytes, its fields ${end}`);
      t.equal(size % alignment, 0, `${name} has ${size} bytes, a multiple of ${alignment}`);
    }
  },
);
