/*
 * xmalloc: consecutive blocks from __heap_base on, allocated first-fit. Each block has a marker before and after it, so that a double free,
 * or a write beyond its end, is reported when it is freed.
 */
extern uint8_t __heap_base[];

#define FAUXEN_HEAP_LIMIT (1024 * 1024) /* most bytes that a file may have allocated */
#define FAUXEN_WASM_PAGE 65536
#define FAUXEN_USED 0xfa0e0e01u
#define FAUXEN_FREE 0xfa0e0e00u
#define FAUXEN_END 0xe0
#define FAUXEN_NOTHING ((void *)0xffffUL) /* of 0 bytes */

struct fauxen_block {
    unsigned long room;         /* bytes after this header */
    unsigned long size;         /* requested bytes */
    unsigned int state;
    unsigned int lead;          /* bytes from the header's end to the returned pointer, for its alignment */
} __aligned(16);

static uint8_t *fauxen_heap_end; /* NULL: no block yet */
static unsigned long fauxen_heap_used;

static struct fauxen_block *fauxen_first(void) { return (void *)(((unsigned long)__heap_base + 15) & ~15UL); }
static struct fauxen_block *fauxen_behind(struct fauxen_block *block) { return (void *)((uint8_t *)(block + 1) + block->room); }

static void *fauxen_give(struct fauxen_block *block, unsigned long size, unsigned long align)
{
    unsigned long at = ((unsigned long)(block + 1) + sizeof(unsigned int) + align - 1) & ~(align - 1);

    block->state = FAUXEN_USED;
    block->size = size;
    block->lead = at - (unsigned long)(block + 1);
    ((unsigned int *)at)[-1] = block->lead;
    ((uint8_t *)at)[size] = FAUXEN_END;
    return (void *)at;
}

/* Allocates memory that only the module's size limits. NULL if it is full. */
static void *fauxen_allocate(unsigned long size, unsigned long align)
{
    struct fauxen_block *block;
    unsigned long needed;

    if ( align < 16 )
        align = 16;
    needed = (size + align + 16 + 15) & ~15UL;
    if ( !fauxen_heap_end )
        fauxen_heap_end = (uint8_t *)fauxen_first();
    for ( block = fauxen_first(); (uint8_t *)block < fauxen_heap_end; block = fauxen_behind(block) )
    {
        if ( block->state != FAUXEN_FREE )
            continue;
        while ( (uint8_t *)fauxen_behind(block) < fauxen_heap_end && fauxen_behind(block)->state == FAUXEN_FREE )
            block->room += sizeof(*block) + fauxen_behind(block)->room;
        if ( block->room < needed )
            continue;
        if ( block->room >= needed + sizeof(*block) + 32 )
        {
            unsigned long rest = block->room - needed - sizeof(*block);

            block->room = needed;
            fauxen_behind(block)->room = rest;
            fauxen_behind(block)->state = FAUXEN_FREE;
        }
        return fauxen_give(block, size, align);
    }
    if ( (unsigned long)fauxen_heap_end + sizeof(*block) + needed > __builtin_wasm_memory_size(0) * FAUXEN_WASM_PAGE )
    {
        unsigned long pages = (sizeof(*block) + needed + FAUXEN_WASM_PAGE - 1) / FAUXEN_WASM_PAGE;

        if ( (long)__builtin_wasm_memory_grow(0, pages) < 0 )
            return NULL;
    }
    block = (void *)fauxen_heap_end;
    block->room = needed;
    fauxen_heap_end = (uint8_t *)fauxen_behind(block);
    return fauxen_give(block, size, align);
}

/* The end of the memory above the stack that this module has ever written. */
unsigned long fauxen_memory_used(void) { return (unsigned long)(fauxen_heap_end ? fauxen_heap_end : (uint8_t *)fauxen_first()); }

void *_xmalloc(unsigned long size, unsigned long align)
{
    static bool said;
    void *pointer = NULL;

    if ( !size )
        return FAUXEN_NOTHING;
    if ( size <= FAUXEN_HEAP_LIMIT - fauxen_heap_used )
        pointer = fauxen_allocate(size, align);
    if ( pointer )
        fauxen_heap_used += size;
    else if ( !said )
    {
        said = true;
        printk(XENLOG_WARNING "fauxen: xmalloc of %lu bytes answers NULL: this file holds %lu of the %d bytes that it may\n",
               size, fauxen_heap_used, FAUXEN_HEAP_LIMIT);
    }
    return pointer;
}

void *_xzalloc(unsigned long size, unsigned long align)
{
    void *pointer = _xmalloc(size, align);

    return pointer && pointer != FAUXEN_NOTHING ? memset(pointer, 0, size) : pointer;
}

static struct fauxen_block *fauxen_block_of(void *pointer, const char *what)
{
    unsigned long at = (unsigned long)pointer;
    struct fauxen_block *block = NULL;

    if ( at > (unsigned long)fauxen_first() && at < (unsigned long)fauxen_heap_end && !(at & 15) )
        block = (void *)(at - ((unsigned int *)at)[-1] - sizeof(*block));
    if ( !block || block < fauxen_first() || (uint8_t *)block >= fauxen_heap_end || ((unsigned long)block & 15) ||
         (block->state != FAUXEN_USED && block->state != FAUXEN_FREE) )
        panic("%s of %p, which xmalloc did not give out, or the bytes before it were overwritten", what, pointer);
    if ( block->state == FAUXEN_FREE )
        panic("%s of %p, which was freed before", what, pointer);
    if ( ((uint8_t *)pointer)[block->size] != FAUXEN_END )
        panic("%s of %p: something wrote beyond its %lu bytes", what, pointer, block->size);
    return block;
}

void xfree(void *pointer)
{
    struct fauxen_block *block;

    if ( !pointer || pointer == FAUXEN_NOTHING )
        return;
    block = fauxen_block_of(pointer, "xfree");
    block->state = FAUXEN_FREE;
    fauxen_heap_used -= block->size;
    memset(pointer, 0xfe, block->size); /* makes reads of freed memory conspicuous */
}

void *_xrealloc(void *pointer, unsigned long size, unsigned long align)
{
    void *other;

    if ( !pointer || pointer == FAUXEN_NOTHING )
        return _xmalloc(size, align);
    other = _xmalloc(size, align);
    if ( other )
    {
        unsigned long old = fauxen_block_of(pointer, "xrealloc")->size;

        memcpy(other, pointer, old < size ? old : size);
        xfree(pointer);
    }
    return other;
}
