#pragma once
#include <stddef.h>
#include <stdint.h>

/// The driver of libFuzzer, for programs that have a `main` of their own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one)(const uint8_t *bytes, size_t count));
