/* The smallest 64-bit PV kernel. Linked by guest.ld at 1 MiB. */
    .text
    .globl _start
_start:
    jmp _start
    .asciz "fauxen test kernel"
    .balign 4096
hypercall_page:
    .fill 4096, 1, 0xcc
    .macro text_note type, text
    .long 4, 2f - 1f, \type
    .asciz "Xen"
1:  .asciz "\text"
2:  .balign 4
    .endm
    .macro value_note type, value
    .long 4, 8, \type
    .asciz "Xen"
    .quad \value
    .endm
    .section .note.Xen, "a", @note
    .balign 4
    text_note 6, "fauxen"      /* XEN_ELFNOTE_GUEST_OS */
    text_note 5, "xen-3.0"     /* XEN_ELFNOTE_XEN_VERSION */
    text_note 8, "generic"     /* XEN_ELFNOTE_LOADER */
    value_note 3, 0            /* XEN_ELFNOTE_VIRT_BASE */
    value_note 1, _start       /* XEN_ELFNOTE_ENTRY */
    value_note 2, hypercall_page
