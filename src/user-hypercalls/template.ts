import { compilerOptions } from './check/type-check.ts';

// The two files that `fauxen new hypercall` writes: both work as they are.

/** A file for --hypercalls. `types`: the file beside it with the types of Fauxen, if the package is not installed. */
export function handlerText(name: string, number: number, types?: string, commonJs = false): string {
  const reference = types === undefined ? '' : `/// <reference path="./${types}" />\n`;
  return `${reference}// ${name}: takes a text and prints it on Xen's console; answers with its length.
// Save it while 'fauxen mount' or 'fauxen run' uses it, and the next hypercall gets the new handler.

${commonJs ? COMMON_JS : MODULE}({
  name: '${name}',
  number: ${number},
  args: { message: string() }, // others: u32, i64, pointer(), bytes({ length }), struct('name', { ... })

  handler({ message }, xen) {
    if (message === '') return 'EINVAL';
    xen.printk(\`${name}: \${message} (from domain \${xen.domid})\`);
    return message.length;
  },
});
`.replace('string()', commonJs ? 'fauxen.string()' : 'string()');
}

const MODULE = `import { defineHypercall, string, type UserHypercall } from 'fauxen';

export const hypercall: UserHypercall = defineHypercall`;
/** What TypeScript accepts if it is to write CommonJS and to keep imports as they are. */
const COMMON_JS = `import fauxen = require('fauxen');

export = fauxen.defineHypercall`;

/** A C program that calls it. It needs only the C library's headers, and uses libxen-dev's if they are installed. */
export function clientText(name: string, number: number): string {
  return `/* Calls ${name}. Compile: gcc -o ${name} ${name}.c */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#if __has_include(<xen/sys/privcmd.h>)
#include <xen/xen.h>
#include <xen/sys/privcmd.h>
#else /* what libxen-dev has in it */
typedef struct privcmd_hypercall { uint64_t op; uint64_t arg[5]; } privcmd_hypercall_t;
#define IOCTL_PRIVCMD_HYPERCALL _IOC(_IOC_NONE, 'P', 0, sizeof(privcmd_hypercall_t))
#endif

#ifndef __HYPERVISOR_${name} /* 'fauxen headers DIR --hypercalls ${name}.ts' and gcc -I DIR define it */
#define __HYPERVISOR_${name} ${number}
#endif

int main(int argc, char **argv)
{
    const char *message = argc > 1 ? argv[1] : "hello";
    int fd = open("/proc/xen/privcmd", O_RDWR);
    if (fd < 0) {
        perror("/proc/xen/privcmd");
        return 1;
    }
    privcmd_hypercall_t call = { .op = __HYPERVISOR_${name}, .arg = { (uintptr_t)message } };
    int result = ioctl(fd, IOCTL_PRIVCMD_HYPERCALL, &call);
    if (result < 0) {
        fprintf(stderr, "${name}: %s\\n", strerror(errno));
        return 1;
    }
    printf("${name} answered %d\\n", result);
    return 0;
}
`;
}

/** Settings for an editor and `npx tsc`, if there are none yet. */
export const editorSettingsText = `${JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true } }, null, 2)}\n`;
