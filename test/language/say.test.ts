import { readFileSync } from 'node:fs';
import t from 'tap';
import { catalogueText } from '../../scripts/generate/catalogue-text.ts';
import { catalogue } from '../../src/language/data/chinese.ts';
import { languageOf } from '../../src/language/language.ts';
import { say, sayReason, useCatalogue } from '../../src/language/say.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

t.test('values replace the names in braces, and other braces stay', (t) => {
  t.teardown(() => useCatalogue(undefined));
  t.equal(
    say('{pointer} is NULL, and the hypercall must {access} there', { pointer: 'x {y}', access: 'read' }).slice(0, 12),
    'x {y} is NUL',
  );
  t.match(say('use Intel CPUs, in a scenario: machine: { cpu: intel }'), '{ cpu: intel }');
  useCatalogue(catalogue);
  t.equal(say('{count} hypercalls', { count: 3 }), '3 次超级调用');
  t.end();
});

t.test('the delivered catalogue has the texts of src/language/chinese', (t) => {
  t.equal(
    readFileSync('src/language/data/chinese.ts', 'utf8'),
    catalogueText(),
    'run npx tsx scripts/generate/catalogue.ts',
  );
  t.end();
});

t.test('a reason of the hypercall table is translated too', (t) => {
  t.teardown(() => useCatalogue(undefined));
  t.equal(sayReason('not modelled'), 'not modelled');
  useCatalogue(catalogue);
  t.equal(sayReason('not modelled'), '没有模拟');
  t.equal(sayReason('as in a Xen built without CONFIG_ARGO'), '如同编译时没有 CONFIG_ARGO 的 Xen');
  t.equal(sayReason('a reason of nobody'), 'a reason of nobody');
  t.end();
});

t.test('a message without Chinese does not compile', (t) => {
  // @ts-expect-error: no key of the catalogue
  t.equal(say('a message that was never translated'), 'a message that was never translated');
  // @ts-expect-error: the value is missing
  t.equal(say('{count} hypercalls'), '{count} hypercalls');
  // @ts-expect-error: the placeholder has another name
  t.equal(say('{count} hypercalls', { number: 3 }), '{count} hypercalls');
  t.end();
});

t.test('the language comes from the environment, as in locale(7)', (t) => {
  t.equal(languageOf({}), 'en');
  t.equal(languageOf({ LANG: 'zh_CN.UTF-8' }), 'zh');
  t.equal(languageOf({ LANG: 'zh' }), 'zh');
  t.equal(languageOf({ LANG: 'zha_CN' }), 'en', 'Zhuang');
  t.equal(languageOf({ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'de_DE' }), 'en');
  t.equal(languageOf({ LANG: 'C', LC_MESSAGES: 'zh_CN' }), 'zh');
  t.equal(languageOf({ LC_ALL: 'C', LC_MESSAGES: 'zh_CN' }), 'en');
  t.equal(languageOf({ LC_ALL: '', LANG: 'zh_CN' }), 'zh', 'empty counts as absent');
  t.equal(languageOf({ FAUXEN_LANG: 'zh', LC_ALL: 'C' }), 'zh');
  t.end();
});

t.test('fauxen run explains in Chinese where LANG asks for it', { skip: missing('mount', 'gcc') }, async (t) => {
  const { FAUXEN_LANG: _, LC_ALL: __, LC_MESSAGES: ___, ...rest } = process.env;
  const env = { ...rest, FAUXEN_QUIET: '', LANG: 'zh_CN.UTF-8' };
  const program = compile(t, 'ask.c');
  const { stderr } = await fauxen(['run', '--explain', '--', program, '4242'], { env });
  t.match(stderr, /原因 .*调用表中没有 4242 号超级调用/);
  t.match(stderr, /修改 .*--hypercalls/);
});
