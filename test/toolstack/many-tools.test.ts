// Two hundred of Debian's tools at the same time.

import t from 'tap';
import { fauxen } from '../helpers/fauxen.ts';
import { withoutTools } from '../helpers/in-dom0.ts';

const skip = withoutTools;
const TOOLS = 200;
const dom0 = /^Domain-0 +0 +1024 +2 +r-----/gm;

t.test(`${TOOLS} tools at once`, { skip }, async (t) => {
  const { stdout, stderr } = await fauxen(
    [
      ...['run', '--toolstack', '--', 'bash', '-c'],
      `for n in $(seq ${TOOLS}); do xl list > /run/xl.$n 2>&1 & done; wait; cat /run/xl.*`,
    ],
    { timeout: 150_000 },
  );
  t.equal(stdout.match(dom0)?.length, TOOLS);
  t.equal(stdout.trim().split('\n').length, 2 * TOOLS, 'and nothing else');
  t.equal(stderr, '');
});
