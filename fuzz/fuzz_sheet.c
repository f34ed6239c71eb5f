/* The XML of a sheet, in pieces whose size its first byte gives. Cells lie in order and hold
 * text, whichever way they were read. */
#include <stdint.h>

#include "source/sheet_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pal_source_limits limits = {1 << 20, 100,     1000, 100, 1000,
                                                    1000,    1 << 16, 16,   20};
    static char text[] = "onetwo";
    static size_t begins[] = {0, 3, 3, 6};
    static const struct pal_shared_strings strings = {{.data = text}, begins, 3, 0};
    static const struct pal_styles styles = {0};
    struct pal_sheet_context context = {.strings = &strings, .styles = &styles};
    struct pal_part *part = NULL;
    struct pal_row_reader *rows = NULL;
    struct pal_row row = {0};

    if (size == 0 ||
        pal_part_open_memory((struct pal_view){(const char *)data + 1, size - 1}, false,
                             &limits, &part, NULL) != PAL_OK) {
        return 0;
    }
    context.is_slow = data[0] % 2 == 1;
    pal_part_limit_piece(part, data[0] < 128 ? 1 << 20 : 1 + data[0] % 64);
    if (pal_sheet_reader_open(part, &context, &limits, &rows, NULL) != PAL_OK) {
        return 0;
    }
    while (rows->next(rows, &row, NULL) == PAL_OK && row.cells != NULL) {
        for (size_t i = 0; i < row.cell_count; i++) {
            PAL_BUG_IF(row.cells[i].text.size == 0 ||
                       (i > 0 && row.cells[i].column <= row.cells[i - 1].column));
        }
    }
    rows->close(rows);
    return 0;
}
