/*
 * Declarations for hypercalls that are written for Xen, compiled to a 64-bit WebAssembly module. Names and meanings are those of Xen's own
 * headers, so that the same file compiles there; the text is Fauxen's own. It is included before each file, so that no #include is needed.
 */
#ifndef FAUXEN_H
#define FAUXEN_H

#define FAUXEN 1

#include "fauxen/compiler.h"
#include "fauxen/types.h"
#include "fauxen/errno.h"
#include "fauxen/kernel.h"
#include "fauxen/printk.h"
#include "fauxen/string.h"
#include "fauxen/list.h"
#include "fauxen/atomic.h"
#include "fauxen/lock.h"
#include "fauxen/guest.h"
#include "fauxen/cpu.h"
#include "fauxen/memory.h"
#include "fauxen/domain.h"
#include "fauxen/xsm.h"
#include "fauxen/tree.h"
#include "fauxen/public.h"
#include "fauxen/refused.h"

#endif
