/* A cell as a date and as a redaction mark: no byte behind its end is read, a day found is
 * between 1900 and 2100 and comes back when it is written out, and no text is both. */
#include <stdint.h>
#include <string.h>

#include "record/date.h"
#include "record/mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool allow_month = size > 0 && data[0] % 2 == 1;
    struct pal_moment moment;
    struct pal_moment again;
    char text[16];
    double serial = 0;
    struct pal_view cell = pal_view_trim((struct pal_view){(const char *)data, size});

    if (pal_date_read(cell, allow_month, &moment) == PAL_DATE_OK) {
        pal_day_text(moment.day, text);
        PAL_BUG_IF(moment.microseconds < 0 ||
                   moment.microseconds >= PAL_DAY_MICROSECONDS ||
                   pal_date_read(pal_view_of(text), false, &again) != PAL_DATE_OK ||
                   again.day != moment.day || pal_is_redaction(cell));
    }
    if (size >= sizeof serial) {
        memcpy(&serial, data, sizeof serial);
        PAL_BUG_IF(pal_date_of_serial(serial, &moment) == PAL_DATE_OK &&
                   (moment.day < -25600 || moment.day > 47900));
    }
    return 0;
}
