export type Language = 'en' | 'zh';

/** Variables in order of precedence; an empty one counts as absent (locale(7)). */
const variables = ['FAUXEN_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG'];

/** The language that the environment selects: Chinese for zh, zh_CN.UTF-8 and similar, otherwise English. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const wanted = variables.map((name) => environment[name] ?? '').find((value) => value !== '');
  return wanted !== undefined && /^zh(?![a-z])/i.test(wanted) ? 'zh' : 'en';
}
