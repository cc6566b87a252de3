#pragma once

/// How many times the calling thread has asked for memory since it began.
long allocations_of_this_thread(void);
