import { readFileSync, statSync } from 'node:fs';
import { say } from '../language/say.ts';
import { errorCode } from '../linux/system-error.ts';
import { LoadError } from './load-error.ts';

/** Bytes. The largest patch that added a hypercall to Xen has 0.3 MB. */
const MOST = 16 * 1024 * 1024;

/** Reads a hypercall file as text, without a byte order mark. Throws LoadError if it cannot be read, or is no text. */
export function readSource(file: string): string {
  const refuse = (reason: string): never => {
    throw new LoadError(file, reason);
  };
  let bytes: Buffer;
  try {
    const stat = statSync(file);
    const { size } = stat;
    if (!stat.isFile()) return refuse(say('{file}: is not a regular file', { file }));
    if (size > MOST)
      return refuse(
        say('{file}: has {size} MB: a hypercall file has at most {most} MB', {
          file,
          size: Math.ceil(size / 1024 / 1024),
          most: MOST / 1024 / 1024,
        }),
      );
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const code = errorCode(error) ?? error;
    return refuse(say('{file}: cannot be read: {code}', { file, code }));
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return refuse(say('{file}: is in UTF-16: save it as UTF-8', { file }));
  const zero = bytes.indexOf(0);
  if (zero >= 0) return refuse(say('{file}: is not text: byte {at} is 0', { file, at: zero }));
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
