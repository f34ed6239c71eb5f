/* A csv from its bytes alone: encoding, delimiter, rows. A row's cells must lie in order
 * and hold text. */
#include <stdint.h>

#include "source/part.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pal_source_limits limits = {.inflated_size_max = 1 << 20,
                                                    .inflate_ratio_max = 100,
                                                    .row_max = 1000,
                                                    .column_max = 100,
                                                    .cell_size_max = 1000,
                                                    .part_max = 10};
    struct pal_view content = {(const char *)data, size};
    struct pal_source *source = NULL;
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};

    if (size >= 2 && data[0] == 'P' && data[1] == 'K') {
        return 0; /* archives have a harness of their own */
    }
    if (pal_source_open_memory(content, "fuzz.csv", &limits, &source, NULL) == PAL_OK &&
        pal_sheet_open(source, 0, &sheet, NULL) == PAL_OK) {
        while (pal_sheet_next(sheet, &row, NULL) == PAL_OK && row.cells != NULL) {
            for (size_t i = 0; i < row.cell_count; i++) {
                PAL_BUG_IF(row.cells[i].text.size == 0 ||
                           (i > 0 && row.cells[i].column <= row.cells[i - 1].column));
            }
        }
    }
    pal_sheet_close(sheet);
    pal_source_close(source);
    return 0;
}
