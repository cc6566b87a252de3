#include "CAllocations.h"
#include <errno.h>
#include <stddef.h>

// A program's own malloc comes before that of the C library, for everything it loads.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static _Thread_local long asked __attribute__((tls_model("initial-exec")));

long allocations_of_this_thread(void) { return asked; }

void *malloc(size_t size) {
    asked++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    asked++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    asked++;
    return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    asked++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **place, size_t alignment, size_t size) {
    asked++;
    *place = __libc_memalign(alignment, size);
    return *place == NULL ? ENOMEM : 0;
}
