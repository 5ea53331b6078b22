// npx tsx scripts/generate/catalogue.ts: writes the Chinese catalogue with short keys (src/language/key-of.ts), which is what is delivered.

import { writeFileSync } from 'node:fs';
import { catalogueText } from './catalogue-text.ts';

writeFileSync('src/language/data/chinese.ts', catalogueText());
