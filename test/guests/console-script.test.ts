import t from 'tap';
import { answerTo, builtGuestScript, fillIn } from '../../src/guests/console-script.ts';

const facts = { domid: 3, type: 'PV', memory: 64, vcpus: 2, cmdline: '{line}', line: 'a line', rest: 'line' };

t.test('the first answer that matches counts', async (t) => {
  const script = {
    answers: [
      { line: 'a', say: '1' },
      { line: 'a*', say: '2' },
      { line: '*', say: '3' },
    ],
  };
  t.strictSame(answerTo(script, 'a'), { answer: script.answers[0], rest: '' });
  t.strictSame(answerTo(script, 'abc'), { answer: script.answers[1], rest: 'bc' });
  t.strictSame(answerTo(script, ''), { answer: script.answers[2], rest: '' });
  t.strictSame(answerTo({}, 'x'), { answer: { line: 'x' }, rest: '' });
});

t.test('placeholders in texts are replaced once', async (t) => {
  t.equal(fillIn('{domid} {type} {memory} {vcpus}\n', facts), '3 PV 64 2\r\n');
  t.equal(fillIn('{cmdline}|{line}|{rest}', facts), '{line}|a line|line');
  t.equal(fillIn('{toString} {nothing} {}', facts), '{toString} {nothing} {}');
});

t.test('every command in the help of a built guest is answered', async (t) => {
  const { say = '' } = answerTo(builtGuestScript, 'help').answer;
  const lines = say.trim().split(', ');
  t.ok(lines.length > 3);
  for (const line of lines) t.not(answerTo(builtGuestScript, line).answer.line, '*', line);
});
