import { chinese } from '../../src/language/chinese/chinese.ts';
import { keyOf } from '../../src/language/key-of.ts';

/** The source of src/language/data/chinese.ts. Throws if two messages have the same key. */
export function catalogueText(): string {
  const lines = new Map<string, string>();
  for (const [english, translation] of Object.entries(chinese)) {
    const key = keyOf(english);
    if (lines.has(key)) throw new Error(`two messages have the key ${key}; change a word of this one: ${english}`);
    lines.set(key, JSON.stringify(translation));
  }
  const entries = [...lines].map(([key, text]) => `  '${key}': ${text},\n`);
  return `// Made by scripts/generate/catalogue.ts from src/language/chinese.\nexport const catalogue: Readonly<Record<string, string>> = {\n${entries.join('')}};\n`;
}
