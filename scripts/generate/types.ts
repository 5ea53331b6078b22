// Makes the package's types: `node --import tsx scripts/generate/types.ts DIST`. Collects the exported declarations from the compiler's
// output in DIST into DIST/index.d.ts, and removes the others.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const dist = resolve(process.argv[2] ?? 'dist');
/** The last result and its input: most builds change no type, and rolling up takes seconds. */
const kept = resolve('build/types');

const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
const hash = createHash('sha256');
for (const name of files.sort()) hash.update(`${name}\0${readFileSync(join(dist, name), 'utf8')}\0`);
const key = hash.update(readFileSync('package-lock.json')).digest('hex');

const rolled = existsSync(join(kept, key)) ? readFileSync(join(kept, key), 'utf8') : await rollUp();
rmSync(kept, { recursive: true, force: true });
mkdirSync(kept, { recursive: true });
writeFileSync(join(kept, key), rolled);
for (const name of files) rmSync(join(dist, name));
writeFileSync(join(dist, 'index.d.ts'), withoutInnerComments(rolled));

/** Removes comments of declarations that are not exported. They are half of the text, and the package's size is limited. */
function withoutInnerComments(text: string): string {
  let isInner = false;
  // A declaration at the left margin begins after an empty line, with its comment.
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n\n(?=\S)/)
    .map((part) => {
      const bare = part.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '');
      if (/^(declare|export) /.test(bare)) isInner = bare.startsWith('declare ');
      return isInner ? bare : part;
    })
    .join('\n\n');
}

async function rollUp(): Promise<string> {
  const { Extractor, ExtractorConfig, ExtractorLogLevel } = await import('@microsoft/api-extractor');
  // Declaration files refer to their sources.
  for (const name of files) {
    const path = join(dist, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/((?:from|import)\(? ?["'][^"']+)\.ts(["'])/g, '$1.js$2'));
  }
  const output = join(dist, 'rolled.d.ts');
  const quiet = { default: { logLevel: ExtractorLogLevel.None } };
  const configuration = ExtractorConfig.prepare({
    configObject: {
      projectFolder: dist,
      mainEntryPointFilePath: join(dist, 'index.d.ts'),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            module: 'nodenext',
            lib: ['es2023'],
            types: ['node'],
            skipLibCheck: true,
          },
          files: [join(dist, 'index.d.ts')],
        },
      },
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: output },
      messages: { compilerMessageReporting: quiet, extractorMessageReporting: quiet, tsdocMessageReporting: quiet },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve('package.json'),
  });
  const { succeeded } = Extractor.invoke(configuration, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = message.logLevel !== 'error';
    },
  });
  if (!succeeded) throw new Error('the types could not be rolled up (above)');
  const text = readFileSync(output, 'utf8');
  rmSync(output);
  return text;
}
