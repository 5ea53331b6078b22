import { gunzipSync } from 'node:zlib';
import t from 'tap';
import { loadAbi } from '../../../../src/xen/abi/abi.ts';
import { configBlob } from '../../../../src/xen/hypercalls/hypfs_op/config.ts';
import { readTools, recordedTools } from '../../../fidelity/tools/recordings.ts';

const options = (text: string): string[] => text.split('\n').filter((line) => /CONFIG_\w+(=| is not set)/.test(line));

for (const release of recordedTools()) {
  t.test(`every option that the model of ${release} names has the value of Debian's build`, async (t) => {
    const real = readTools(release).find(({ command }) => command === 'xenhypfs cat /buildinfo/config');
    const ours = options(gunzipSync(configBlob(await loadAbi(release))).toString('utf8'));
    t.ok(ours.length > 12);
    const known = new Set(options(real?.stdout ?? ''));
    t.same(
      ours.filter((line) => !known.has(line)),
      [],
    );
  });
}
