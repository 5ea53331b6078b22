import t from 'tap';
import {
  awaitStop,
  beginExamination,
  endAllExaminations,
  endExamination,
  examine,
  showExaminationsIn,
} from '../../../src/linux/process/examine.ts';

t.test('the counter is odd while a process is examined, nested or not', async (t) => {
  const words = new Int32Array(2);
  showExaminationsIn(words);
  examine(() => {
    t.equal(words[0], 1);
    examine(() => t.equal(words[0], 1));
    t.equal(words[0], 1);
    awaitStop(() => t.equal(words[1], 1));
    t.equal(words[1], 0);
  });
  t.equal(words[0], 2);
});

t.test('after code was cut off the counter is even, and odd again during the next examination', async (t) => {
  const words = new Int32Array(2);
  showExaminationsIn(words);
  beginExamination();
  beginExamination();
  words[1] = 1; // as awaitStop() leaves the counter
  endAllExaminations();
  t.same([...words], [2, 0]);
  endAllExaminations();
  t.same([...words], [2, 0], 'nothing to end');
  beginExamination();
  t.equal(words[0], 3);
  endExamination();
  t.equal(words[0], 4);
});
