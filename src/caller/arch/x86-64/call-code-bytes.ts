/**
 * Makes the calls of a list until one fails: rbx points to the first entry, rbp to the end of the last. An entry is eight words: the
 * number with two flag bits above it, six arguments, the result. Position-independent. Ends by sending itself a SIGTRAP, which stops it
 * for its tracer alone. A breakpoint would also reset that signal's disposition in a program that ignores it; it is reached only if a
 * seccomp filter forbids tkill.
 */
export const CODE = Uint8Array.from(
  [
    '48 39 eb 73 40', //          1: cmp rbx, rbp; jae 4f
    '48 8b 03 48 8b 7b 08', //       mov rax, [rbx]; mov rdi, [rbx + 8]
    '48 8b 73 10 48 8b 53 18', //    mov rsi, [rbx + 16]; mov rdx, [rbx + 24]
    '4c 8b 53 20 4c 8b 43 28', //    mov r10, [rbx + 32]; mov r8, [rbx + 40]
    '4c 8b 4b 30', //                mov r9, [rbx + 48]
    '48 0f ba e0 20 73 03', //       bt rax, 32; jnc 2f
    '48 8b 3f', //                   mov rdi, [rdi]
    '48 0f ba e0 21 73 03', //    2: bt rax, 33; jnc 3f
    '4d 8b 00', //                   mov r8, [r8]
    '89 c0 0f 05', //             3: mov eax, eax; syscall
    '48 89 43 38 48 83 c3 40', //    mov [rbx + 56], rax; add rbx, 64
    '48 85 c0 79 bb', //             test rax, rax; jns 1b
    'b8 ba 00 00 00 0f 05', //    4: mov eax, SYS_gettid; syscall
    '89 c7 be 05 00 00 00', //       mov edi, eax; mov esi, SIGTRAP
    'b8 c8 00 00 00 0f 05 cc', //    mov eax, SYS_tkill; syscall; int3
  ].flatMap((line) => line.split(' ').map((byte) => Number.parseInt(byte, 16))),
);
