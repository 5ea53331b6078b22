// `fauxen mount DIR` by the library.
import { mount } from '../../dist/index.js';

const mounted = await mount(process.argv[2]);
console.log(`mounted ${mounted.directory}`);
process.once('SIGTERM', () => void mounted.unmount());
