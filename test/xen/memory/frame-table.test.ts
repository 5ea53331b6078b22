import t from 'tap';
import { FrameTable } from '../../../src/xen/memory/frame-table.ts';

t.test('counting the frames of a part gives the same result as counting them one by one', async (t) => {
  const table = new FrameTable();
  table.setRun(100, 300, 5);
  for (const frame of [150, 151, 399]) table.delete(frame);
  for (const frame of [0, 63, 64, 150, 500, 1000]) table.set(frame, 7);
  for (const [start, end] of [
    [0, 2000],
    [63, 151],
    [64, 128],
    [150, 150],
    [151, 152],
    [399, 501],
    [501, 1000],
  ] as const) {
    let count = 0;
    for (let frame = start; frame < end; frame += 1) if (table.has(frame)) count += 1;
    t.equal(table.count(start, end), count, `${start} to ${end}`);
  }
});
