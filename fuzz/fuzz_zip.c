/* A zip: its directory, and every sheet of what it holds, workbook or csv files. */
#include <stdint.h>

#include "source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pal_source_limits limits = {1 << 20, 100,     1000, 100, 1000,
                                                    1000,    1 << 16, 16,   20};
    struct pal_view content = {(const char *)data, size};
    struct pal_source *source = NULL;
    struct pal_row row = {0};

    if (pal_source_open_memory(content, "fuzz.zip", &limits, &source, NULL) != PAL_OK) {
        return 0;
    }
    for (size_t i = 0; i < pal_source_borrow_info(source)->sheet_count; i++) {
        struct pal_sheet *sheet = NULL;

        if (pal_sheet_open(source, i, &sheet, NULL) == PAL_OK) {
            while (pal_sheet_next(sheet, &row, NULL) == PAL_OK && row.cells != NULL) {
            }
        }
        pal_sheet_close(sheet);
    }
    pal_source_close(source);
    return 0;
}
