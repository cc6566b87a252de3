// Shows ThreadSanitizer what Swift's Mutex does where two threads want it at once: that half is in libswiftSynchronization,
// which is not instrumented. Loaded before it by Tests/sanitize.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

void __tsan_acquire(void *) __attribute__((weak));
void __tsan_release(void *) __attribute__((weak));
SWIFT void lock_slow(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFT void unlock_slow(SELF mutex) __asm__(UNLOCK);

static void *theirs(void **known, const char *name) {
    void *found = __atomic_load_n(known, __ATOMIC_ACQUIRE);
    if (!found) {
        found = dlsym(RTLD_NEXT, name);
        __atomic_store_n(known, found, __ATOMIC_RELEASE);
    }
    return found;
}

SWIFT void lock_slow(uint32_t thread, SELF mutex) {
    static void *known;
    ((SWIFT void (*)(uint32_t, SELF))theirs(&known, LOCK))(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT void unlock_slow(SELF mutex) {
    static void *known;
    if (__tsan_release) __tsan_release(mutex);
    ((SWIFT void (*)(SELF))theirs(&known, UNLOCK))(mutex);
}
