// The launcher of exec.test.ts: becomes the program that its arguments name.

import { exec } from '../../src/linux/exec.ts';
import { eventfd } from './eventfd.ts';

const kept = eventfd();
const [path, ...args] = process.argv.slice(2);
const failure = exec(path!, [path!, ...args], {
  keep: [kept],
  fileLimit: 321,
  environment: { KEPT: String(kept), PATH: process.env.PATH, NOTHING: undefined },
});
process.stdout.write(`failed ${failure}`);
