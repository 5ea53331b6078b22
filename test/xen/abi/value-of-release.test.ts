import t from 'tap';
import { loadAbi } from '../../../src/xen/abi/abi.ts';
import { valueOfRelease } from '../../../src/xen/abi/value-of-release.ts';
import { readTools, recordedTools } from '../../fidelity/tools/recordings.ts';

t.test('the compiler of a release is the one in the recorded xl info', async (t) => {
  for (const release of recordedTools()) {
    const info = readTools(release).find(({ command }) => command === 'xl info')?.stdout ?? '';
    const told = /^cc_compiler +: (.*)$/m.exec(info)?.[1];
    t.equal(valueOfRelease(await loadAbi(release), 'compiler'), told, release);
  }
});

t.test('a release between recorded ones has the value of the one before, the oldest that of 4.14', async (t) => {
  for (const [release, like] of [
    ['3.2', '4.14'],
    ['4.16', '4.14'],
    ['4.19', '4.17'],
    ['4.22', '4.20'],
  ] as const)
    t.equal(valueOfRelease(await loadAbi(release), 'xenBytes'), valueOfRelease(await loadAbi(like), 'xenBytes'));
});
