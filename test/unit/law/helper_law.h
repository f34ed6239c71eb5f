/* The built-in table for the tests of room law. */
#ifndef PAL_TEST_LAW_H
#define PAL_TEST_LAW_H

#include "law/law.h"

/* Opens it, or fails the test; the caller closes it. */
struct pal_law *pal_test_law(void);

#endif
