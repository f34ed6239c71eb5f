#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "helper_law.h"

struct pal_law *pal_test_law(void)
{
    struct pal_law *law = NULL;
    struct pal_error err = {PAL_OK, ""};
    if (pal_law_open((struct pal_view){NULL, 0}, "", &law, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    return law;
}
