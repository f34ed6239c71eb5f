#include "record/banner.h"

#include "record/date.h"
#include "record/text.h"

static bool is_letter(char c)
{
    return pal_lower(c) >= 'a' && pal_lower(c) <= 'z';
}

static size_t count_run(struct pal_view text, size_t at, bool (*is_of_run)(char))
{
    size_t end = at;
    while (end < text.size && is_of_run(text.data[end])) {
        end++;
    }
    return end - at;
}

static bool has_dash(struct pal_view text, size_t at)
{
    return at < text.size && text.data[at] == '-';
}

/* Bytes of a FOIA number that begins at `at`, or 0: 2019-ICFO-53623, 15-87693. */
static size_t number_size(struct pal_view text, size_t at)
{
    size_t year = count_run(text, at, pal_is_digit);
    if (!has_dash(text, at + year)) {
        return 0;
    }
    size_t next = at + year + 1;
    if (year == 4) {
        size_t word = count_run(text, next, is_letter);
        if (word != 4 || !has_dash(text, next + word)) {
            return 0;
        }
        next += word + 1;
    } else if (year != 2) {
        return 0;
    }
    size_t serial = count_run(text, next, pal_is_digit);
    size_t end = next + serial;
    bool is_end =
        end == text.size || (!is_letter(text.data[end]) && text.data[end] != '-');
    return serial == 5 && is_end ? end - at : 0;
}

struct pal_view pal_banner_release_in(struct pal_view text)
{
    for (size_t at = 0; at < text.size; at++) {
        bool is_inside =
            at > 0 && (is_letter(text.data[at - 1]) ||
                       pal_is_digit(text.data[at - 1]) || text.data[at - 1] == '-');
        size_t size = is_inside ? 0 : number_size(text, at);
        if (size == 0) {
            continue;
        }
        while (at + size < text.size && text.data[at + size] == '_') {
            size_t more = number_size(text, at + size + 1);
            if (more == 0) {
                break;
            }
            size += 1 + more;
        }
        return (struct pal_view){text.data + at, size};
    }
    return PAL_VIEW("");
}

static bool is_of_date(char c)
{
    return pal_is_digit(c) || c == '/';
}

static bool is_between(struct pal_view text)
{
    text = pal_view_trim(text);
    return pal_view_is_equal(text, PAL_VIEW("-")) ||
           pal_view_is_equal(text, PAL_VIEW("\xE2\x80\x93")) ||
           pal_view_is_equal_fold(text, PAL_VIEW("to")) ||
           pal_view_is_equal_fold(text, PAL_VIEW("through"));
}

bool pal_banner_period_in(struct pal_view text, int32_t *first, int32_t *last)
{
    int32_t before = PAL_DAY_NONE;
    size_t before_end = 0;
    for (size_t at = 0; at < text.size;) {
        size_t size = count_run(text, at, is_of_date);
        struct pal_moment moment;
        if (size == 0) {
            at++;
            continue;
        }
        bool is_date =
            size >= 8 && pal_date_read((struct pal_view){text.data + at, size}, false,
                                       &moment) == PAL_DATE_OK;
        if (is_date && before != PAL_DAY_NONE && moment.day >= before &&
            is_between((struct pal_view){text.data + before_end, at - before_end})) {
            *first = before;
            *last = moment.day;
            return true;
        }
        before = is_date ? moment.day : PAL_DAY_NONE;
        before_end = at + size;
        at += size;
    }
    return false;
}

static bool is_case_name(struct pal_view text)
{
    return pal_view_find(text, PAL_VIEW(" v. ")) < text.size ||
           pal_view_find(text, PAL_VIEW(" vs. ")) < text.size;
}

struct finding {
    struct pal_banner *banner;
    struct pal_view case_name;
    bool has_period;
    bool is_first_title;
};

static void look_at_cell(struct finding *finding, const struct pal_cell *cell)
{
    struct pal_banner *banner = finding->banner;
    struct pal_view text = pal_view_trim(cell->text);
    int64_t whole = 0;
    double number = 0;
    if (cell->kind != PAL_CELL_TEXT || pal_text_is_blank(text) ||
        pal_parse_i64(text, INT64_MIN, INT64_MAX, &whole) ||
        pal_parse_double(text, &number)) {
        return;
    }
    if (!finding->has_period) {
        finding->has_period =
            pal_banner_period_in(text, &banner->period_first, &banner->period_last);
        if (finding->has_period || !finding->is_first_title ||
            banner->title.size == 0) {
            banner->title = text;
        }
    }
    if (banner->release.size == 0) {
        banner->release = pal_banner_release_in(text);
    }
    if (finding->case_name.size == 0 && is_case_name(text)) {
        finding->case_name = text;
    }
}

void pal_banner_read(const struct pal_row *rows, size_t row_count, bool is_first_title,
                     struct pal_banner *out)
{
    struct finding finding = {out, PAL_VIEW(""), false, is_first_title};
    *out = (struct pal_banner){PAL_VIEW(""), PAL_VIEW(""), PAL_DAY_NONE, PAL_DAY_NONE};
    for (size_t i = 0; i < row_count; i++) {
        for (size_t c = 0; c < rows[i].cell_count; c++) {
            look_at_cell(&finding, &rows[i].cells[c]);
        }
    }
    if (out->release.size == 0) {
        out->release = finding.case_name;
    }
}
