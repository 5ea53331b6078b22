import { once } from 'node:events';
import t from 'tap';
import { errno } from '../../src/linux/errno.ts';
import { missing } from '../helpers/capabilities.ts';
import { tsWorker } from '../helpers/ts-worker.ts';

const skip = missing('root', 'rootMount');
t.test('a worker mounts in its own namespace and returns', { skip }, async (t) => {
  const worker = tsWorker(new URL('mount-worker.ts', import.meta.url));
  const [results] = await once(worker, 'message');
  t.same(results, {
    unshare: 0,
    private: 0,
    mount: 0,
    here: true,
    there: false,
    readonly: 0,
    umount: 0,
    umountAgain: -errno.EINVAL,
    unknown: -errno.ENODEV,
    setns: 0,
  });
});
