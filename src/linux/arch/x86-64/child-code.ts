/**
 * Makes the calls of a list in order: rdi points to the first entry, whose layout is ENTRY. Position-independent; uses no stack; never
 * returns, because the last call is exit_group or a successful execve.
 */
export const CODE = Uint8Array.from(
  [
    '48 89 fb', //                   mov rbx, rdi
    '48 8b 03 48 8b 7b 08', //    1: mov rax, [rbx]; mov rdi, [rbx + 8]
    '48 8b 73 10 48 8b 53 18', //    mov rsi, [rbx + 16]; mov rdx, [rbx + 24]
    '4c 8b 53 20 4c 8b 43 28', //    mov r10, [rbx + 32]; mov r8, [rbx + 40]
    '4c 8b 4b 30 0f 05', //          mov r9, [rbx + 48]; syscall
    '48 89 43 38', //                mov [rbx + 56], rax
    '48 8b 4b 40 48 89 01', //       mov rcx, [rbx + 64]; mov [rcx], rax
    '48 3b 43 58 75 06', //          cmp rax, [rbx + 88]; jne 2f
    '48 8b 5b 60 eb cc', //          mov rbx, [rbx + 96]; jmp 1b
    '48 3d 00 f0 ff ff 77 06', // 2: cmp rax, -4096; ja 3f
    '48 8b 5b 48 eb be', //          mov rbx, [rbx + 72]; jmp 1b
    '48 8b 5b 50 eb b8', //       3: mov rbx, [rbx + 80]; jmp 1b
  ].flatMap((line) => line.split(' ').map((byte) => Number.parseInt(byte, 16))),
);
