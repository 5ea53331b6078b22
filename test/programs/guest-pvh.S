/* The smallest PVH kernel: a note with its entry, and a text to find in guest memory. Linked by guest.ld at 1 MiB. */
    .text
    .code32
    .globl _start
_start:
    hlt
    jmp _start
    .asciz "fauxen test kernel"
    .section .note.Xen, "a", @note
    .align 4
    .long 4, 4, 18 /* XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .long _start
