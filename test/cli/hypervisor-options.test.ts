import { resolve } from 'node:path';
import t from 'tap';
import { givenHypervisorOptions, settingsFrom } from '../../src/cli/hypervisor-options.ts';
import { defaultSettings } from '../../src/daemon/protocol/settings.ts';

const wrong = { name: 'UsageError' };

t.test('no option gives the defaults', async (t) => {
  t.strictSame(settingsFrom({}), defaultSettings());
});

t.test('each option reaches the settings, with absolute paths', async (t) => {
  const directory = t.testdir({ 'a.ts': '', 'b.ts': '' });
  const values = {
    hypercalls: [`${directory}/a.ts`, `${directory}/b.ts`],
    'xen-cmdline': 'loglvl=all',
    serial: 'serial.log',
    xen: '4.14',
    'dom0-bits': '32',
    domain: '7',
    machine: 'host',
    'any-interface-version': true,
    'strict-memory': true,
    'privcmd-unrestricted': true,
    'log-level': 'debug',
  };
  t.match(settingsFrom(values), {
    hypercalls: [`${directory}/a.ts`, `${directory}/b.ts`],
    xenCommandLine: 'loglvl=all',
    serial: resolve('serial.log'),
    xenVersion: '4.14',
    dom0Bits: 32,
    domain: 7,
    machine: 'host',
    anyInterfaceVersion: true,
    strictMemory: true,
    privcmdUnrestricted: true,
    logLevel: 'debug',
  });
  t.equal(settingsFrom({ serial: '-' }).serial, '-');
  t.strictSame(givenHypervisorOptions({ domain: '7', 'log-level': 'debug', at: 'x' }), ['domain']);
});

t.test('impossible values are refused', async (t) => {
  for (const domain of ['-1', 'x', '32752', '1.5', '']) t.throws(() => settingsFrom({ domain }), wrong, domain);
  t.equal(settingsFrom({ domain: '32751' }).domain, 32751);
  t.throws(() => settingsFrom({ xen: '5' }), wrong);
  t.throws(() => settingsFrom({ hypercalls: ['/nonexistent/x.ts'] }), wrong);
});
