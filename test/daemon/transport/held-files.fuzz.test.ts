// Descriptors of this process against a model of them: after any sequence of open, dup and close, looking up a descriptor number
// finds the open file behind it, or none.

import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { HeldFiles } from '../../../src/daemon/transport/held-files.ts';
import { OpenInodes } from '../../../src/daemon/transport/open-inodes.ts';
import { systemCall } from '../../../src/linux/libc.ts';
import { deviceOf } from '../../../src/linux/open-file.ts';
import { fuzz, timeout } from '../../helpers/fuzz.ts';

const SYS_CLOSE = 3;
const SYS_DUP2 = 33;
const O_PATH = 0o10000000;
const FIRST_NUMBER = 200;
const NUMBERS = 8;
/** Fauxen's files; `f4` to `f7` are other files in the same file system. */
const OURS = 4;

interface File {
  inode: number;
  /** How many descriptors in the model refer to it. */
  links: number;
}

/** What each descriptor number refers to: one of Fauxen's open files, or something else. */
type Numbers = (File | 'stranger' | undefined)[];

type Step =
  | { do: 'open'; name: number; to: number; asPath: boolean }
  | { do: 'dup'; from: number; to: number }
  | { do: 'close'; number: number }
  | { do: 'find'; number: number; times: number }
  | { do: 'pass'; milliseconds: number };

const number = fc.nat(NUMBERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), name: fc.nat(7), to: number, asPath: fc.boolean() }),
  fc.record({ do: fc.constant('dup' as const), from: number, to: number }),
  fc.record({ do: fc.constant('close' as const), number }),
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('find' as const), number, times: fc.integer({ min: 1, max: 3 }) }),
  },
  fc.record({ do: fc.constant('pass' as const), milliseconds: fc.constantFrom(50, 600, 1_100) }),
);

t.test('a descriptor number leads to the open file behind it, or to none', { timeout }, async (t) => {
  const dir = t.testdir(Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`f${index}`, ''])));
  const probe = openSync(dir, 'r');
  const device = deviceOf(probe);
  closeSync(probe);
  await fuzz(
    t,
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const inodes = new OpenInodes<File>();
      const given: number[] = [];
      let now = 10_000;
      const files = new HeldFiles<File>({
        inodes,
        device,
        now: () => now,
        closeElsewhere: (descriptor) => given.push(descriptor),
      });
      const numbers: Numbers = new Array(NUMBERS).fill(undefined);
      const leave = (index: number) => {
        const file = numbers[index];
        numbers[index] = undefined;
        if (typeof file !== 'object') return;
        file.links -= 1;
        if (file.links > 0) return;
        files.close(); // otherwise a copy would keep it open, and the kernel would not report its release
        inodes.released(file.inode, file);
      };
      for (const each of steps) {
        if (each.do === 'open') {
          const isOurs = each.name < OURS && !each.asPath;
          const fd = openSync(join(dir, `f${each.name}`), each.asPath ? O_PATH : 'r');
          const file = isOurs ? { inode: fstatSync(fd).ino, links: 1 } : 'stranger';
          if (typeof file === 'object') inodes.opened(file.inode, file);
          systemCall(SYS_DUP2, fd, FIRST_NUMBER + each.to);
          closeSync(fd);
          leave(each.to);
          numbers[each.to] = file;
        } else if (each.do === 'dup') {
          if (numbers[each.from] === undefined || each.from === each.to) continue;
          systemCall(SYS_DUP2, FIRST_NUMBER + each.from, FIRST_NUMBER + each.to);
          const file = numbers[each.from];
          if (typeof file === 'object') file.links += 1;
          leave(each.to);
          numbers[each.to] = file;
        } else if (each.do === 'close') {
          if (numbers[each.number] !== undefined) systemCall(SYS_CLOSE, FIRST_NUMBER + each.number);
          leave(each.number);
        } else if (each.do === 'pass') {
          now += each.milliseconds;
          files.expire();
        } else {
          for (let times = 1; times <= each.times; times++) {
            const found = files.find(process.pid, FIRST_NUMBER + each.number);
            const there = numbers[each.number];
            if (found !== undefined && found !== there) throw new Error('another file was found');
            const isPlain = typeof there === 'object' && inodes.only(there.inode) === there;
            if (found === undefined && isPlain && times > 1) throw new Error('a file was not found the second time');
          }
        }
      }
      files.close();
      for (let index = 0; index < NUMBERS; index++) systemCall(SYS_CLOSE, FIRST_NUMBER + index);
      if (given.length > 0) throw new Error('a fetch brought another file, though nobody changed anything');
    }),
  );
});
