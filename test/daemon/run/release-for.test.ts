import t from 'tap';
import { Log } from '../../../src/daemon/log/log.ts';
import { defaultSettings } from '../../../src/daemon/protocol/settings.ts';
import { releaseFor } from '../../../src/daemon/run/release-for.ts';
import type { XenTools } from '../../../src/daemon/toolstack/find-tools.ts';

t.test('tools of a release other than --xen get their interface version, and one line says so', async (t) => {
  const tools: XenTools = {
    release: '4.17',
    xenstored: '',
    initDom0: '',
    xenconsoled: '',
    xenstoreExists: '',
    xenstoreWrite: '',
    path: [],
  };
  const lines: string[] = [];
  const log = new Log('error', 'text');
  log.write = (_level, text) => void lines.push(text);
  t.match(await releaseFor(tools, { ...defaultSettings(), xenVersion: '3.2' }, log), {
    xenVersion: '3.2',
    anyInterfaceVersion: true,
  });
  t.match(lines, [/^Xen 3\.2 answers tools of Xen 4\.17: /]);
  t.match(await releaseFor(tools, { ...defaultSettings(), xenVersion: '4.17' }, log), { anyInterfaceVersion: false });
  t.match(await releaseFor(tools, defaultSettings(), log), { xenVersion: '4.17' });
  t.equal(lines.length, 1);
});
