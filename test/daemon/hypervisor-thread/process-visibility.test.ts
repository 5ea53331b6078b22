import { lstatSync } from 'node:fs';
import t from 'tap';
import { ProcessVisibility } from '../../../src/daemon/hypervisor-thread/process-visibility.ts';
import type { FileRequest } from '../../../src/fuse/file-request.ts';

const real = t.testdir({ 17: {}, cpuinfo: '' });
const owner = lstatSync(`${real}/17`);
const other = owner.uid + 1;
const by = (uid: number, gid = uid + 1, tid = 0) => ({ uid, gid, tid }) as FileRequest;
/** A user who is neither root nor the owner of the folder. */
const stranger = by(other + 1);

const lists = (visibility: ProcessVisibility, name: string, request: FileRequest) =>
  visibility.listed([name], request).length === 1;

t.test('a procfs without hidepid shows all processes to everybody', async (t) => {
  for (const options of [['rw'], ['rw', 'hidepid=1'], ['rw', 'hidepid=noaccess']]) {
    t.ok(lists(new ProcessVisibility(real, options), '17', stranger), options.join());
  }
});

t.test('with hidepid=2 users see their own processes; root and the group see all', async (t) => {
  for (const option of ['hidepid=2', 'hidepid=invisible', 'hidepid=4', 'hidepid=ptraceable']) {
    const visibility = new ProcessVisibility(real, ['rw', option, 'gid=4711']);
    t.notOk(lists(visibility, '17', stranger), option);
    t.notOk(visibility.shows('17', owner, stranger));
    t.ok(lists(visibility, 'cpuinfo', stranger), 'not a process');
    t.ok(lists(visibility, '17', by(0)));
    t.ok(lists(visibility, '17', by(owner.uid)));
    t.ok(lists(visibility, '17', by(other + 1, 4711)));
    t.notOk(lists(visibility, '18', stranger), 'it has ended');
  }
});

t.test('a listing keeps its order, and asks about no process for a caller who sees all', async (t) => {
  const visibility = new ProcessVisibility(real, ['rw', 'hidepid=2']);
  t.same(visibility.listed(['cpuinfo', '17', '18', 'version'], stranger), ['cpuinfo', 'version']);
  const living = owner.uid === 0 ? ['17', '18'] : ['17']; // root sees all
  t.same(visibility.listed(['cpuinfo', '17', '18', 'version'], by(owner.uid)), ['cpuinfo', ...living, 'version']);
  t.same(visibility.listed(['9', '18', '17'], by(0)), ['9', '18', '17']);
});
