const PROLOGUE = `#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

static int privcmd;

static uint64_t hypercall(const char *what, uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e)
{
    struct { uint64_t number, argument[5]; } call = { number, { a, b, c, d, e } };
    long result = ioctl(privcmd, 0x305000, &call); /* IOCTL_PRIVCMD_HYPERCALL */
    printf("%s: %ld %s\\n", what, result, result < 0 ? strerror(errno) : "");
    return result;
}

/* A buffer before an unmapped page, or at an odd address. */
static uint64_t buffer(size_t size, char place, int fill)
{
    size_t whole = (size + 2 * 4096 - 1) & ~4095ul;
    char *p = mmap(0, whole + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(p + whole, 4096);
    memset(p, fill, whole);
    return (uintptr_t)p + (place == 's' ? whole - size / 2 : place == 'm' ? 1 : place == 'c' ? 4096 - size / 2 : 0);
}

static void store(uint64_t at, size_t size, uint64_t value) { memcpy((void *)at, &value, size); }

int main(void)
{
    privcmd = open("/proc/xen/privcmd", O_RDWR);
    if (privcmd < 0) { perror("/proc/xen/privcmd"); return 1; }
`;

const fills: Readonly<Record<string, string>> = { o: '0xff', a: '0xaa', b: '1' };

const valueText = (word: string): string => {
  if (word.startsWith('$')) return `v${Number.parseInt(word.slice(1), 16)}`;
  if (word.startsWith('&')) return `b${Number.parseInt(word.slice(1), 16)}`;
  return `0x${word}`;
};

/**
 * A walker's script (one group) as a C program that performs the same calls, to reproduce a difference on a real Xen or under
 * Fauxen. `comment` becomes its first lines.
 */
export function cProgram(script: string, comment: string): string {
  const body: string[] = [];
  let call: string[] = [];
  let sizes: string[] = [];
  const lines = script.split('\n');
  for (const line of lines) {
    const [instruction, ...words] = line.split(' ');
    const [first = '', second = '', third = '', fourth = ''] = words;
    switch (instruction) {
      case 'V':
        body.push(`    uint64_t v${Number.parseInt(first, 16)} = 0x${second};`);
        break;
      case 'B': {
        const name = `b${Number.parseInt(first, 16)}`;
        sizes.push(`        uint64_t ${name} = buffer(0x${second}, '${third}', ${fills[fourth] ?? '0'});`);
        // The walker fills these with 0, 1, 2 …
        const width = fourth === 'q' ? 8 : fourth === 'l' ? 4 : 0;
        const count = width === 0 ? 0 : Math.floor(Number.parseInt(second, 16) / width / (third === 's' ? 2 : 1));
        if (count > 0)
          sizes.push(`        for (int i = 0; i < ${count}; i++) store(${name} + i * ${width}, ${width}, i);`);
        if (third === 'r') call.push(`        mprotect((void *)${name}, (0x${second} + 4095) & ~4095ul, PROT_READ);`);
        break;
      }
      case 'N':
        sizes.push(`        store(b${Number.parseInt(first, 16)} + 0x${second}, 0x${third}, ${valueText(fourth)});`);
        break;
      case 'C':
        call.push(`        hypercall(ID, 0x${first}, ${words.slice(1).map(valueText).join(', ')});`);
        break;
      case 'K':
        call.push(
          `        memcpy(&v${Number.parseInt(first, 16)}, (void *)(b${Number.parseInt(second, 16)} + 0x${third}), 0x${fourth});`,
        );
        break;
      case 'S':
        body.push(`    usleep(0x${first} * 1000);`);
        break;
      case 'E': {
        const id = JSON.stringify(words.join(' ').replace('\t', ' '));
        body.push('    {', ...sizes, ...call.map((each) => each.replace('(ID,', `(${id},`)), '    }');
        [sizes, call] = [[], []];
        break;
      }
    }
  }
  const head = comment.split('\n').map((line) => ` * ${line}`.trimEnd());
  return `/*\n${head.join('\n').replaceAll('*/', '* /')}\n */\n${PROLOGUE}${body.join('\n')}\n    return 0;\n}\n`;
}
