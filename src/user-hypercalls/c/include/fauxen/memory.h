/* xen/xmalloc.h, xen/mm.h, xen/vmap.h: the file's own memory, which is limited: xmalloc returns NULL when it is used up. */
#ifndef FAUXEN_MEMORY_H
#define FAUXEN_MEMORY_H

void *_xmalloc(unsigned long size, unsigned long align);
void *_xzalloc(unsigned long size, unsigned long align);
void *_xrealloc(void *pointer, unsigned long size, unsigned long align);
void xfree(void *pointer);
static inline void *_xmalloc_array(unsigned long size, unsigned long align, unsigned long count)
{
    return size && count > UINT_MAX / size ? NULL : _xmalloc(size * count, align);
}
static inline void *_xzalloc_array(unsigned long size, unsigned long align, unsigned long count)
{
    return size && count > UINT_MAX / size ? NULL : _xzalloc(size * count, align);
}
#define SMP_CACHE_BYTES 64
#define L1_CACHE_BYTES 64
#define xmalloc(type) ((type *)_xmalloc(sizeof(type), __alignof__(type)))
#define xzalloc(type) ((type *)_xzalloc(sizeof(type), __alignof__(type)))
#define xmalloc_array(type, count) ((type *)_xmalloc_array(sizeof(type), __alignof__(type), count))
#define xzalloc_array(type, count) ((type *)_xzalloc_array(sizeof(type), __alignof__(type), count))
#define xmalloc_bytes(bytes) _xmalloc(bytes, SMP_CACHE_BYTES)
#define xzalloc_bytes(bytes) _xzalloc(bytes, SMP_CACHE_BYTES)
#define xrealloc_array(pointer, count) \
    ((typeof(pointer))_xrealloc(pointer, sizeof(*(pointer)) * (count), __alignof__(*(pointer))))
#define xmalloc_flex_struct(type, field, count) ((type *)_xmalloc(offsetof(type, field[count]), __alignof__(type)))
#define xzalloc_flex_struct(type, field, count) ((type *)_xzalloc(offsetof(type, field[count]), __alignof__(type)))
#define xmemdup(from) \
    ({ typeof(*(from)) *fauxen_copy = xmalloc(typeof(*(from))); if ( fauxen_copy ) *fauxen_copy = *(from); fauxen_copy; })
#define XFREE(pointer) do { xfree(pointer); (pointer) = NULL; } while ( 0 )
#define xvmalloc xmalloc
#define xvzalloc xzalloc
#define xvmalloc_array xmalloc_array
#define xvzalloc_array xzalloc_array
#define xvfree xfree
#define XVFREE XFREE
#define vmalloc(bytes) _xmalloc(bytes, PAGE_SIZE)
#define vzalloc(bytes) _xzalloc(bytes, PAGE_SIZE)
#define vfree(pointer) xfree(pointer)
static inline void *alloc_xenheap_pages(unsigned int order, unsigned int flags)
{
    (void)flags;
    return order > 8 ? NULL : _xmalloc((unsigned long)PAGE_SIZE << order, PAGE_SIZE);
}
#define alloc_xenheap_page() alloc_xenheap_pages(0, 0)
#define free_xenheap_pages(pointer, order) ((void)(order), xfree(pointer))
#define free_xenheap_page(pointer) xfree(pointer)
#define clear_page(pointer) memset(pointer, 0, PAGE_SIZE)
#define copy_page(to, from) memcpy(to, from, PAGE_SIZE)
static inline unsigned int get_order_from_bytes(unsigned long bytes)
{
    unsigned int order = 0;

    while ( ((unsigned long)PAGE_SIZE << order) < bytes )
        order++;
    return order;
}
#define get_order_from_pages(pages) get_order_from_bytes((unsigned long)(pages) << PAGE_SHIFT)

/* In a release build these types are the same. */
typedef unsigned long mfn_t;
typedef unsigned long gfn_t;
typedef unsigned long dfn_t;
typedef unsigned long pfn_type_t;
#define _mfn(frame) ((mfn_t)(frame))
#define mfn_x(frame) ((unsigned long)(frame))
#define _gfn(frame) ((gfn_t)(frame))
#define gfn_x(frame) ((unsigned long)(frame))
#define INVALID_MFN_RAW (~0UL)
#define INVALID_MFN _mfn(~0UL)
#define INVALID_GFN _gfn(~0UL)
#define mfn_add(frame, count) _mfn(mfn_x(frame) + (count))
#define gfn_add(frame, count) _gfn(gfn_x(frame) + (count))
#define mfn_eq(a, b) (mfn_x(a) == mfn_x(b))
#define gfn_eq(a, b) (gfn_x(a) == gfn_x(b))
#define mfn_to_maddr(frame) ((paddr_t)mfn_x(frame) << PAGE_SHIFT)
#define maddr_to_mfn(address) _mfn((address) >> PAGE_SHIFT)
#define gfn_to_gaddr(frame) ((paddr_t)gfn_x(frame) << PAGE_SHIFT)
#define gaddr_to_gfn(address) _gfn((address) >> PAGE_SHIFT)

unsigned long fauxen_machine(const char *what);
extern unsigned long total_pages, max_page;
#define total_free_pages() (fauxen_machine("free_pages"))
#define avail_domheap_pages() (fauxen_machine("free_pages"))
#define get_outstanding_claims(free, claims) (*(free) = fauxen_machine("free_pages"), *(claims) = 0)

#endif
