/* xen/lib.h, xen/console.h, xen/bug.h: printing, as a release build does it. */
#ifndef FAUXEN_PRINTK_H
#define FAUXEN_PRINTK_H

#define XENLOG_ERR "<0>"
#define XENLOG_WARNING "<1>"
#define XENLOG_INFO "<2>"
#define XENLOG_DEBUG "<3>"
#define XENLOG_GUEST "<G>"
#define XENLOG_G_ERR XENLOG_GUEST XENLOG_ERR
#define XENLOG_G_WARNING XENLOG_GUEST XENLOG_WARNING
#define XENLOG_G_INFO XENLOG_GUEST XENLOG_INFO
#define XENLOG_G_DEBUG XENLOG_GUEST XENLOG_DEBUG
#define KERN_CRIT XENLOG_ERR
#define KERN_ERR XENLOG_ERR
#define KERN_WARNING XENLOG_WARNING
#define KERN_NOTICE XENLOG_INFO
#define KERN_INFO XENLOG_INFO
#define KERN_DEBUG XENLOG_DEBUG

void printk(const char *format, ...) __printf(1, 2);
void vprintk(const char *format, va_list list) __printf(1, 0);
struct domain;
void guest_printk(const struct domain *d, const char *format, ...) __printf(2, 3);
void panic(const char *format, ...) __printf(1, 2) noreturn;
#define gprintk(level, format, args...) printk(XENLOG_GUEST level "%pv " format, current, ## args)
#define printk_once(format, args...) \
    do { static bool fauxen_once; if ( !fauxen_once ) { fauxen_once = true; printk(format, ## args); } } while ( 0 )
#define printk_ratelimit() 1
#define console_start_sync() ((void)0)
#define console_end_sync() ((void)0)
#define console_force_unlock() ((void)0)
#define _p(value) ((void *)(unsigned long)(value))

/* Compiled but never evaluated: a release build prints none of these. `fauxen explain` reports where they are. */
void fauxen_silent(const char *macro, const char *file, unsigned long line, const char *format);
#define dprintk(level, format, args...) \
    do { if ( 0 ) printk(level format, ## args); fauxen_silent("dprintk", __FILE__, __LINE__, format); } while ( 0 )
#define gdprintk(level, format, args...) \
    do { if ( 0 ) printk(level format, ## args); fauxen_silent("gdprintk", __FILE__, __LINE__, format); } while ( 0 )
#define debugtrace_printk(format, args...) do { if ( 0 ) printk(format, ## args); } while ( 0 )
#define debugtrace_dump() ((void)0)
#define ASSERT(condition) do { if ( 0 && (condition) ) {} } while ( 0 )
#define ASSERT_UNREACHABLE() do {} while ( 0 )

#define BUG() panic("Xen BUG at %s:%d", __FILE__, __LINE__)
#define BUG_ON(condition) do { if ( unlikely(condition) ) BUG(); } while ( 0 )
#define WARN() printk("Xen WARN at %s:%d\n", __FILE__, __LINE__)
#define WARN_ON(condition) do { if ( unlikely(condition) ) WARN(); } while ( 0 )
#define dump_execution_state() ((void)0)
#define show_execution_state(regs) ((void)(regs))

int snprintf(char *to, size_t size, const char *format, ...) __printf(3, 4);
int scnprintf(char *to, size_t size, const char *format, ...) __printf(3, 4);
int vsnprintf(char *to, size_t size, const char *format, va_list list) __printf(3, 0);
int vscnprintf(char *to, size_t size, const char *format, va_list list) __printf(3, 0);

#define perfc_incr(counter) ((void)0)
#define perfc_incra(counter, index) ((void)0)
#define perfc_add(counter, value) ((void)0)
#define PERFCOUNTER(counter, text)
#define TRACE_0D(event) ((void)0)
#define TRACE_1D(event, a) ((void)(a))
#define TRACE_2D(event, a, b) ((void)(a), (void)(b))
#define TRACE_3D(event, a, b, c) ((void)(a), (void)(b), (void)(c))
#define TRACE_4D(event, a, b, c, d) ((void)(a), (void)(b), (void)(c), (void)(d))
#define trace_var(event, cycles, bytes, data) ((void)(event), (void)(cycles), (void)(bytes), (void)(data))

#endif
