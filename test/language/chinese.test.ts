import t from 'tap';
import { chinese } from '../../src/language/chinese/chinese.ts';
import { loadAllAbis } from '../../src/xen/abi/abi.ts';
import { hypercallTable } from '../../src/xen/hypercalls/table.ts';
import { sourceFiles } from '../helpers/source-files.ts';

// The compiler checks that every message has a Chinese text: say() accepts only keys of the catalogue.

const texts: [string, string][] = Object.entries(chinese);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

t.test('a translation has the placeholders of its message', (t) => {
  t.ok(texts.length > 100, `${texts.length} messages`);
  for (const [english, translation] of texts) {
    t.strictSame(new Set(placeholders(translation)), new Set(placeholders(english)), english);
  }
  t.end();
});

t.test('the code uses each message', (t) => {
  const sources = [...sourceFiles('.ts')].filter(([path]) => !/^language\/(chinese|data)\//.test(path));
  const written = (text: string) => text.replace(/\\(['"`])/g, '$1').replaceAll('\\n', '\n');
  const code = sources.map(([, text]) => written(text)).join('\n');
  const unused = texts.filter(([english]) => !code.includes(english));
  t.strictSame(
    unused.map(([english]) => english),
    [],
  );
  t.end();
});

t.test('no message is translated at import, when the language is not known yet', (t) => {
  for (const [path, text] of sourceFiles('.ts')) {
    t.notMatch(text, /^(?:export )?const [\w$]+(?:: [^=]+)? = say\(/m, path);
  }
  t.end();
});

t.test('one term for a concept, and Chinese punctuation', (t) => {
  for (const [english, translation] of texts) {
    if (!/[一-鿿（，。]/.test(translation)) {
      t.equal(translation, english, 'nothing to translate');
      continue;
    }
    // hypercall, handler, guest, hypervisor, patch: as in docs/tutorial.zh-CN.md
    t.notMatch(translation, /超调用|超级呼叫|处理程序|处理器函数|管理程序|虚拟机管理器|补丁文件包/, english);
    t.notMatch(translation, /[一-鿿][,;:?!](?:[一-鿿]|$)/, `full-width punctuation: ${translation}`);
    t.notMatch(translation, /[一-鿿][A-Za-z]|[A-Za-z][一-鿿]/, `a space between Chinese and Latin: ${translation}`);
  }
  t.end();
});

t.test('each reason of the hypercall table has a Chinese text, in every release', async (t) => {
  const reasons = new Set<string>();
  for (const abi of await loadAllAbis()) {
    for (const row of hypercallTable(abi).values())
      for (const { status } of [row, ...(row.subOperations ?? [])])
        if (status.kind === 'unsupported') reasons.add(status.why);
  }
  t.strictSame(
    [...reasons].filter(
      (why) => !Object.hasOwn(chinese, why.replace(/CONFIG_\w+$/, '{option}')) && !Object.hasOwn(chinese, why),
    ),
    [],
  );
});
