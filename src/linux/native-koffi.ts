import { createRequire } from 'node:module';

type Koffi = typeof import('koffi').default;

/** The part of koffi that is native code, in the package that npm installs with it on this platform. */
const NATIVE = '@koromix/koffi-linux-x64/linux_x64/koffi.node';

/**
 * koffi, if possible without its wrapper in JavaScript: the wrapper takes three times as long to find the right binary as that takes to
 * load, and each start loads it twice. With another C library, package manager or version, the wrapper is used.
 */
export function nativeKoffi(): Koffi {
  const require = createRequire(import.meta.url);
  try {
    const native: Koffi = require(NATIVE);
    if (native.version.startsWith('3.')) return native;
  } catch {
    // installed elsewhere, or for another C library
  }
  const { default: wrapped }: { default: Koffi } = require('koffi');
  return wrapped;
}
