import t from 'tap';
import { Terminal } from '../../src/guests/terminal.ts';

/** The echo and the resulting lines for keys typed in pieces. */
function typed(...pieces: string[]) {
  let echo = '';
  const lines: string[] = [];
  const terminal = new Terminal(
    (text) => {
      echo += text;
    },
    (line) => lines.push(line),
  );
  for (const piece of pieces) terminal.type(Buffer.from(piece, 'latin1'));
  return { echo, lines };
}

t.test('lines end with return or newline, and may come in pieces', async (t) => {
  t.strictSame(typed('on', 'e\rtw', 'o\n\r'), { echo: 'one\r\ntwo\r\n\r\n', lines: ['one', 'two', ''] });
});

t.test('backspace, Ctrl-U and Ctrl-C correct', async (t) => {
  t.strictSame(typed('ab\x7fc\x08\x08\x08\x08d\r'), {
    echo: 'ab\b \bc\b \b\b \bd\r\n',
    lines: ['d'],
  });
  t.strictSame(typed('abc\x15de\r').lines, ['de']);
  t.strictSame(typed('abc\x03de\r'), { echo: 'abc^C\r\nde\r\n', lines: ['', 'de'] });
});

t.test('control characters are ignored; letters of any script are accepted, split or not', async (t) => {
  t.strictSame(typed('a\x00\x1b[A\x01b\r').lines, ['a[Ab']);
  const [first, second] = [...Buffer.from('é')].map((byte) => String.fromCharCode(byte));
  t.strictSame(typed(first ?? '', `${second}\r`), { echo: 'é\r\n', lines: ['é'] });
});

t.test('the length of a line is limited', async (t) => {
  t.strictSame(typed(`${'x'.repeat(5000)}\r`).lines, ['x'.repeat(255)]);
});
