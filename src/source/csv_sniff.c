#include <string.h>

#include "base/encoding.h"
#include "source/csv_cut.h"
#include "source/csv_internal.h"

/* Releases begin with up to six banner rows, padded or not; a hundred records outweigh
 * them. */
enum { HEAD_SIZE_MAX = 64 * 1024, SAMPLE_MAX = 100, WIDTH_MAX = 1024 };

/* By rank: a mark of the second needs twice the weight of the first's, and a colon, which
 * divides every time of day, is asked only when the first has nothing to say. */
static const char *const ranks[] = {",;\t|", ":^~"};

struct score {
    uint32_t width; /* that most records have */
    uint32_t count; /* records of that width */
    uint32_t total; /* records that are not blank */
};

static const struct pal_source_limits sample_limits = {
    .column_max = WIDTH_MAX,
    .cell_size_max = HEAD_SIZE_MAX * 4,
};

/* Counts the widths of the first records; a record that cannot be cut ends the count as one
 * that does not fit. */
static void count_widths(struct pal_csv_record *record, struct pal_buffer *text,
                         bool is_whole, uint32_t counts[WIDTH_MAX + 1],
                         struct score *score)
{
    size_t at = 0;
    size_t size = text->size - PAL_CSV_PADDING;

    while (at < size && score->total < SAMPLE_MAX) {
        size_t used = 0;
        pal_status status =
            pal_csv_cut(record, text->data + at, size - at, is_whole, &used, NULL);

        if (status != PAL_OK || used == 0) {
            score->total += status != PAL_OK || at == 0;
            break;
        }
        if (record->width > 0) {
            score->total++;
            counts[record->width]++;
        }
        at += used;
    }
}

static pal_status score_delimiter(struct pal_view decoded, bool is_whole,
                                  char delimiter, struct score *score,
                                  struct pal_error *err)
{
    struct pal_csv_record record = {0};
    struct pal_buffer text;
    uint32_t *counts = NULL;
    pal_status status;

    *score = (struct score){.width = 1};
    /* The cutter takes doubled quotes out in place, so each delimiter has its own copy. */
    pal_buffer_init(&text, decoded.size + PAL_CSV_PADDING + 1);
    pal_buffer_append_view(&text, decoded);
    pal_buffer_append(&text, "\0\0\0\0\0\0\0", PAL_CSV_PADDING);
    status = pal_buffer_status(&text, err);
    if (status != PAL_OK) {
        goto done;
    }
    status = pal_csv_record_init(&record, delimiter, &sample_limits, err);
    if (status != PAL_OK) {
        goto done;
    }
    counts = pal_alloc_zero(WIDTH_MAX + 1, sizeof *counts);
    if (counts == NULL) {
        status = pal_fail_memory(err);
        goto done;
    }
    count_widths(&record, &text, is_whole, counts, score);
    for (uint32_t width = 2; width <= WIDTH_MAX; width++) {
        if (counts[width] > 0 && counts[width] >= score->count) {
            score->width = width;
            score->count = counts[width];
        }
    }
done:
    pal_free(counts);
    pal_csv_record_clear(&record);
    pal_buffer_clear(&text);
    return status;
}

/* Share of records that agree, weighed by 1 - 1/width: nine columns in most rows say more
 * than two columns in all of them. In thousandths; below 150 it is prose with commas. */
static uint32_t weigh(const struct score *score)
{
    if (score->count == 0) {
        return 0;
    }
    return (uint32_t)((uint64_t)1000 * score->count * (score->width - 1) /
                      ((uint64_t)score->total * score->width));
}

/* "sep=;" as first line is a spreadsheet program's own word for the delimiter. */
static bool has_said(struct pal_view decoded, char *delimiter)
{
    if (decoded.size < 6 || !pal_view_has_prefix(decoded, PAL_VIEW("sep=")) ||
        (decoded.data[5] != '\n' && decoded.data[5] != '\r')) {
        return false;
    }
    *delimiter = decoded.data[4];
    return *delimiter != '"' && *delimiter != '\n' && *delimiter != '\r' &&
           *delimiter != ' ';
}

static pal_status find_delimiter(struct pal_view decoded, bool is_whole,
                                 struct pal_csv_look *look, struct pal_error *err)
{
    const uint32_t weight_min = 150;
    uint32_t best = 0;

    look->delimiter = ',';
    look->column_count = 1;
    if (has_said(decoded, &look->delimiter)) {
        look->column_count = 2;
        look->agreement = 1000;
        return PAL_OK;
    }
    for (size_t rank = 0; rank < sizeof ranks / sizeof *ranks; rank++) {
        /* Commas in some names of a file parted by ^ do not make it one parted by commas. */
        uint32_t weight_to_beat = 2 * best;
        for (const char *candidate = ranks[rank]; *candidate != '\0'; candidate++) {
            struct score score;
            if (*candidate == ':' && best > 0) {
                continue;
            }
            pal_status status =
                score_delimiter(decoded, is_whole, *candidate, &score, err);
            uint32_t weight = weigh(&score);

            if (status != PAL_OK) {
                return status;
            }
            if (weight >= weight_min && weight > best && weight > weight_to_beat) {
                best = weight;
                look->delimiter = *candidate;
                look->column_count = score.width;
                look->agreement = 1000 * score.count / score.total;
            }
        }
    }
    return PAL_OK;
}

pal_status pal_csv_look(struct pal_view head, bool is_whole, struct pal_csv_look *out,
                        struct pal_error *err)
{
    struct pal_view sample = head;
    struct pal_decoder decoder;
    struct pal_view decoded = {0};
    const char *nul;
    char *text;
    pal_status status;

    *out = (struct pal_csv_look){.delimiter = ',', .column_count = 1};
    out->encoding = pal_encoding_find(head, is_whole);
    if (!pal_is_text(head, out->encoding)) {
        return pal_fail(err, PAL_INPUT,
                        "the bytes are no text in any encoding known here");
    }
    if (sample.size > HEAD_SIZE_MAX) {
        sample.size = HEAD_SIZE_MAX;
        is_whole = false;
    }
    text = pal_alloc(pal_decoder_room(sample.size));
    if (text == NULL) {
        return pal_fail_memory(err);
    }
    pal_decoder_init(&decoder, out->encoding);
    decoded.data = text;
    decoded.size = pal_decode(&decoder, sample, is_whole, text);
    nul = memchr(decoded.data, 0, decoded.size);
    if (nul != NULL) {
        decoded.size = (size_t)(nul - decoded.data);
    }
    status = find_delimiter(decoded, is_whole, out, err);
    pal_free(text);
    return status;
}

pal_status pal_csv_sniff(struct pal_view head, enum pal_encoding *encoding,
                         char *delimiter, struct pal_error *err)
{
    struct pal_csv_look look;
    pal_status status = pal_csv_look(head, false, &look, err);

    *encoding = look.encoding;
    *delimiter = look.delimiter;
    return status;
}
