// Prints the module dist/index.js: it exports each name of the built code's part "library", since ES modules need explicit names.

import * as library from '../../src/index.ts';

process.stdout.write(`import { createRequire } from 'node:module';
import { loadCode } from './src/package/load-code.ts';
const library = loadCode('library', new URL('fauxen.cjs', import.meta.url), createRequire(import.meta.url));
export const { ${Object.keys(library).join(', ')} } = library;
`);
