/* The functions of services.ts that a module may call. All arguments and results have 64 bits. */

void fauxen_printk(const char *format, va_list list);
void fauxen_guest_printk(unsigned long domid, const char *format, va_list list);
void fauxen_panic(const char *format, va_list list) noreturn;
long fauxen_format(char *to, unsigned long size, const char *format, va_list list);
long fauxen_now(void);
long fauxen_seconds(void);
unsigned long fauxen_random(void);
unsigned long fauxen_domain_value(unsigned long domid, const char *field);
void fauxen_domain_values(unsigned long domid, const char *const *names, unsigned long count, unsigned long *values);
void fauxen_vcpu_values(unsigned long domid, unsigned long vcpu, const char *const *names, unsigned long count, unsigned long *values);
unsigned long fauxen_domain_from(unsigned long domid);
void fauxen_domain_handle(unsigned long domid, void *to);
unsigned long fauxen_caller(void);
unsigned long fauxen_load(unsigned long at, unsigned long bytes);
void fauxen_store(unsigned long at, unsigned long bytes, unsigned long value);

void printk(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fauxen_printk(format, list);
    va_end(list);
}

void guest_printk(const struct domain *d, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fauxen_guest_printk(d->domain_id, format, list);
    va_end(list);
}

void vprintk(const char *format, va_list list) { fauxen_printk(format, list); }

void panic(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    fauxen_panic(format, list);
    va_end(list);
}

int vsnprintf(char *to, size_t size, const char *format, va_list list) { return fauxen_format(to, size, format, list); }

int snprintf(char *to, size_t size, const char *format, ...)
{
    va_list list;
    int length;

    va_start(list, format);
    length = fauxen_format(to, size, format, list);
    va_end(list);
    return length;
}

int vscnprintf(char *to, size_t size, const char *format, va_list list)
{
    int length = fauxen_format(to, size, format, list);

    return size == 0 ? 0 : length < (int)size ? length : (int)size - 1;
}

int scnprintf(char *to, size_t size, const char *format, ...)
{
    va_list list;
    int length;

    va_start(list, format);
    length = vscnprintf(to, size, format, list);
    va_end(list);
    return length;
}

s_time_t get_s_time(void) { return fauxen_now(); }
unsigned long get_cycles(void) { return muldiv64(fauxen_now(), fauxen_machine("cpu_khz"), 1000000); }
unsigned long get_sec(void) { return fauxen_seconds(); }
unsigned int get_random(void) { return fauxen_random(); }

/* Whether an address can belong to a PV dom0: it is canonical, and not in Xen's own range. */
int fauxen_guest_okay(const void *from, unsigned long count, unsigned long size)
{
    unsigned long first = (unsigned long)from, bytes;

    if ( __builtin_mul_overflow(count, size, &bytes) )
        return 0;
    return first < 1UL << 47 || (first >= 0xffff880000000000UL && first + bytes >= first);
}

char *fauxen_string_from_guest(const char *from, size_t bytes, size_t limit)
{
    char *text;

    if ( bytes > limit )
        return ERR_PTR(-ENOBUFS);
    text = xmalloc_array(char, bytes + 1);
    if ( !text )
        return ERR_PTR(-ENOMEM);
    if ( fauxen_copy_from_guest(text, from, bytes) )
    {
        xfree(text);
        return ERR_PTR(-EFAULT);
    }
    text[bytes] = 0;
    return text;
}
