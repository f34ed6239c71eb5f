#include "record/cell.h"

#include "record/cell_memory.h"
#include "record/date.h"
#include "record/identity.h"
#include "record/mark.h"
#include "record/text.h"

#include <math.h>
#include <string.h>

#define PAL_CELL_RULE_NAME(name, text, words) text,
static const char *const rule_names[] = {PAL_CELL_RULE_LIST(PAL_CELL_RULE_NAME)};
#undef PAL_CELL_RULE_NAME
#define PAL_CELL_RULE_WORDS(name, text, words) words,
static const char *const rule_words[] = {PAL_CELL_RULE_LIST(PAL_CELL_RULE_WORDS)};
#undef PAL_CELL_RULE_WORDS

const char *pal_cell_rule_name(enum pal_cell_rule rule)
{
    return rule_names[rule];
}

const char *pal_cell_rule_words(enum pal_cell_rule rule)
{
    return rule_words[rule];
}

void pal_cell_reader_init(struct pal_cell_reader *reader, const struct pal_field *field)
{
    *reader = (struct pal_cell_reader){
        .field_name = field->name,
        .type = field->type,
        .is_year = pal_view_has_suffix(field->name, PAL_VIEW("_year"))};
}

void pal_cell_reader_clear(struct pal_cell_reader *reader)
{
    pal_cell_memory_free(reader->memory);
    pal_free(reader->shared);
    reader->memory = NULL;
    reader->shared = NULL;
}

enum { YEAR_MIN = 1000, YEAR_MAX = 2999 };

static void set_failed(struct pal_cell_value *out, enum pal_cell_rule rule)
{
    out->outcome = PAL_OUTCOME_FAILED;
    out->rule = rule;
}

/* What a text is that gave no value: missing, redacted, or failed by `rule`. */
static void set_no_value(const struct pal_cell_reader *reader,
                         const struct pal_cell_setting *setting, struct pal_view text,
                         enum pal_cell_rule rule, struct pal_cell_value *out)
{
    if (pal_text_is_blank(text) ||
        pal_dictionary_is_missing(setting->dictionary, reader->field_name, text)) {
        out->outcome = PAL_OUTCOME_MISSING;
    } else if (pal_is_redaction(text)) {
        out->outcome = PAL_OUTCOME_REDACTED;
    } else {
        set_failed(out, rule);
    }
}

/* ---- dates ---- */

static enum pal_cell_rule rule_of(enum pal_date_state state)
{
    switch (state) {
    case PAL_DATE_PARTIAL:
        return PAL_CELL_RULE_DATE_PARTIAL;
    case PAL_DATE_IMPOSSIBLE:
        return PAL_CELL_RULE_DATE_IMPOSSIBLE;
    case PAL_DATE_OK:
    case PAL_DATE_NOT:
        break;
    }
    return PAL_CELL_RULE_NOT_A_DATE;
}

/* A number without a date format in a date column: a serial of 1950 or later. Smaller ones
 * are charge codes (four digits) or years. */
static enum pal_date_state read_bare_number(const struct pal_cell_setting *setting,
                                            const struct pal_cell *cell,
                                            struct pal_moment *moment)
{
    enum {
        SERIAL_1950 = 18264,
        SERIAL_1904 = 1462, /* of 1904-01-01 where days count from 1899-12-30 */
        MONTH_MIN = 190001,
        MONTH_MAX = 210012
    };
    double serial = setting->is_1904 ? cell->number + SERIAL_1904 : cell->number;
    if (setting->allow_month && cell->number >= MONTH_MIN &&
        cell->number <= MONTH_MAX) {
        return pal_date_read(pal_view_trim(cell->text), true, moment);
    }
    if (cell->number >= PAL_DATE_YEAR_MIN && cell->number <= PAL_DATE_YEAR_MAX) {
        return PAL_DATE_PARTIAL;
    }
    if (serial < SERIAL_1950) {
        return PAL_DATE_NOT;
    }
    return pal_date_of_serial(serial, moment);
}

static void read_date(const struct pal_cell_reader *reader,
                      const struct pal_cell_setting *setting,
                      const struct pal_cell *cell, struct pal_cell_value *out)
{
    struct pal_moment moment = {PAL_DAY_NONE, 0};
    enum pal_date_state state = PAL_DATE_NOT;
    struct pal_view text = cell->text;
    if (cell->kind == PAL_CELL_DATE) {
        state = pal_date_of_serial(cell->number, &moment);
    } else if (cell->kind == PAL_CELL_NUMBER) {
        state = read_bare_number(setting, cell, &moment);
    } else if (cell->kind == PAL_CELL_TEXT) {
        text = pal_view_trim(text);
        state = pal_date_read(text, setting->allow_month, &moment);
    }
    if (state != PAL_DATE_OK) {
        set_no_value(reader, setting, text, rule_of(state), out);
        return;
    }
    out->outcome = PAL_OUTCOME_VALUE;
    out->day = moment.day;
    out->integer = moment.day * PAL_DAY_MICROSECONDS + moment.microseconds;
    out->has_time = moment.microseconds != 0;
}

/* ---- numbers ---- */

/* "10_OR_LESS": the agency's mark for a count too small to give. */
static bool is_suppressed(struct pal_view text)
{
    struct pal_view end = PAL_VIEW("_or_less");
    return text.size > end.size && pal_is_digit(text.data[0]) &&
           pal_view_is_equal_fold(
               (struct pal_view){text.data + text.size - end.size, end.size}, end);
}

bool pal_cell_read_grouped(struct pal_view text, double *out)
{
    char plain[48];
    size_t size = 0;
    size_t since_comma = 0;
    bool has_comma = false;
    bool has_point = false;
    if (text.size > 0 && text.data[0] == '$') {
        text = pal_view_trim((struct pal_view){text.data + 1, text.size - 1});
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == ',') {
            if (has_point || i == 0 || (has_comma && since_comma != 3) ||
                since_comma > 3) {
                return false;
            }
            has_comma = true;
            since_comma = 0;
            continue;
        }
        if (c == '.') {
            if (has_comma && since_comma != 3) {
                return false;
            }
            has_point = true;
        } else if (pal_is_digit(c) && !has_point) {
            since_comma++;
        }
        if (size == sizeof plain) {
            return false;
        }
        plain[size++] = c;
    }
    if (has_comma && !has_point && since_comma != 3) {
        return false;
    }
    return pal_parse_double((struct pal_view){plain, size}, out);
}

/* A plain count of up to nine digits. */
static bool read_digits(struct pal_view text, double *out)
{
    int32_t value = 0;
    if (text.size == 0 || text.size > 9) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        value = value * 10 + (text.data[i] - '0');
    }
    *out = value;
    return true;
}

static void read_number(const struct pal_cell_reader *reader,
                        const struct pal_cell_setting *setting,
                        const struct pal_cell *cell, struct pal_cell_value *out)
{
    struct pal_view text = pal_view_trim(cell->text);
    double number = cell->number;
    if (cell->kind == PAL_CELL_DATE) {
        set_failed(out, PAL_CELL_RULE_IS_A_DATE);
        return;
    }
    bool is_number =
        cell->kind == PAL_CELL_NUMBER ||
        (cell->kind == PAL_CELL_TEXT &&
         (read_digits(text, &number) || pal_cell_read_grouped(text, &number)));
    if (!is_number && is_suppressed(text)) {
        set_failed(out, PAL_CELL_RULE_SUPPRESSED);
        return;
    }
    if (!is_number) {
        set_no_value(reader, setting, text, PAL_CELL_RULE_NOT_A_NUMBER, out);
        return;
    }
    out->number = number;
    if (reader->type == PAL_FIELD_INTEGER) {
        /* 2^53: beyond it a double no longer holds every whole number. */
        if (!(fabs(number) <= 9007199254740992.0) || floor(number) != number) {
            set_failed(out, PAL_CELL_RULE_NOT_WHOLE);
            return;
        }
        out->integer = (int64_t)number;
        /* 29688 in a year of birth is a spreadsheet's number for a day: a birth date. */
        if (reader->is_year && (out->integer < YEAR_MIN || out->integer > YEAR_MAX)) {
            set_failed(out, PAL_CELL_RULE_NOT_A_YEAR);
            return;
        }
    }
    out->outcome = PAL_OUTCOME_VALUE;
}

typedef void read_plain(const struct pal_cell_reader *reader,
                        const struct pal_cell_setting *setting,
                        const struct pal_cell *cell, struct pal_cell_value *out);

/* What is no date or number as it stands may be one without a blank of typesetting or a mark of
 * direction, which nobody sees. */
static pal_status read_cleaned(read_plain *read, const struct pal_cell_reader *reader,
                               const struct pal_cell_setting *setting,
                               const struct pal_cell *cell, struct pal_cell_value *out,
                               struct pal_error *err)
{
    struct pal_cell cleaned = *cell;
    read(reader, setting, cell, out);
    if (out->outcome != PAL_OUTCOME_FAILED || cell->kind != PAL_CELL_TEXT) {
        return PAL_OK;
    }
    pal_status status = pal_text_clean(cell->text, setting->room, &cleaned.text, err);
    if (status == PAL_OK && !pal_view_is_equal(cleaned.text, cell->text)) {
        out->outcome = PAL_OUTCOME_MISSING;
        out->rule = PAL_CELL_RULE_NONE;
        read(reader, setting, &cleaned, out);
    }
    return status;
}

/* ---- texts ---- */

static pal_status read_new_text(const struct pal_cell_reader *reader,
                                const struct pal_cell_setting *setting,
                                struct pal_view raw, struct pal_cell_value *out,
                                struct pal_error *err)
{
    struct pal_view text;
    pal_status status = pal_text_clean(raw, setting->room, &text, err);
    if (status != PAL_OK) {
        return status;
    }
    set_no_value(reader, setting, text, PAL_CELL_RULE_NONE, out);
    if (out->outcome != PAL_OUTCOME_FAILED) {
        return PAL_OK;
    }
    if (pal_has_direct_value(text)) {
        set_failed(out, PAL_CELL_RULE_DIRECT);
        return PAL_OK;
    }
    if (reader->type == PAL_FIELD_AREA) {
        text = pal_dictionary_area(setting->dictionary, text);
    }
    out->outcome = PAL_OUTCOME_VALUE;
    return pal_intern_add(setting->terms, text, &out->term, err);
}

static void set_outcome(struct pal_cell_value *out, struct pal_cell_outcome known)
{
    out->outcome = (enum pal_outcome)known.outcome;
    out->rule = (enum pal_cell_rule)known.rule;
    out->term = known.term;
}

/* By its bytes: seen before, or new. */
static pal_status read_any_text(struct pal_cell_reader *reader,
                                const struct pal_cell_setting *setting,
                                struct pal_view text, struct pal_cell_value *out,
                                struct pal_error *err)
{
    if (reader->memory == NULL) {
        reader->memory = pal_cell_memory_new();
        if (reader->memory == NULL) {
            return pal_fail_memory(err);
        }
    }
    uint64_t hash = pal_hash64(text.data, text.size);
    const struct pal_cell_outcome *known =
        pal_cell_memory_find(reader->memory, text, hash);
    if (known != NULL) {
        set_outcome(out, *known);
        return PAL_OK;
    }
    pal_status status = read_new_text(reader, setting, text, out, err);
    if (status == PAL_OK) {
        pal_cell_memory_add(reader->memory, text, hash,
                            (struct pal_cell_outcome){out->term, (uint8_t)out->outcome,
                                                      (uint8_t)out->rule});
    }
    return status;
}

/* Nine in ten texts of a workbook are shared ones: a number tells them apart. */
static pal_status read_shared_text(struct pal_cell_reader *reader,
                                   const struct pal_cell_setting *setting,
                                   const struct pal_cell *cell,
                                   struct pal_cell_value *out, struct pal_error *err)
{
    if (reader->shared == NULL) {
        reader->shared = pal_alloc_zero(PAL_CELL_SHARED_SLOTS, sizeof *reader->shared);
        if (reader->shared == NULL) {
            return pal_fail_memory(err);
        }
    }
    const struct pal_cell_outcome *known = pal_cell_known(reader, cell);
    if (known != NULL) {
        set_outcome(out, *known);
        return PAL_OK;
    }
    pal_status status = read_any_text(reader, setting, cell->text, out, err);
    if (status == PAL_OK) {
        *pal_cell_shared_slot(reader->shared, cell->shared) = (struct pal_cell_shared){
            cell->shared, {out->term, (uint8_t)out->outcome, (uint8_t)out->rule}};
    }
    return status;
}

static pal_status read_text(struct pal_cell_reader *reader,
                            const struct pal_cell_setting *setting,
                            const struct pal_cell *cell, struct pal_cell_value *out,
                            struct pal_error *err)
{
    if (cell->kind == PAL_CELL_DATE) {
        set_failed(out, PAL_CELL_RULE_IS_A_DATE);
        return PAL_OK;
    }
    return cell->shared != 0 ? read_shared_text(reader, setting, cell, out, err)
                             : read_any_text(reader, setting, cell->text, out, err);
}

/* ---- ids ---- */

/* "1.23457E+15": what a spreadsheet makes of a long number. */
static bool is_rounded_number(struct pal_view text)
{
    double number = 0;
    bool has_exponent = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = pal_lower(text.data[i]);
        if (!pal_is_digit(c) && c != '.' && c != 'e' && c != '+') {
            return false;
        }
        has_exponent = has_exponent || (c == 'e' && i > 0);
    }
    return has_exponent && pal_view_find(text, PAL_VIEW("+")) < text.size &&
           pal_parse_double(text, &number);
}

static pal_status read_identifier(const struct pal_cell_reader *reader,
                                  const struct pal_cell_setting *setting,
                                  const struct pal_cell *cell,
                                  struct pal_cell_value *out, struct pal_error *err)
{
    char digits[32];
    struct pal_view text;
    if (cell->kind == PAL_CELL_DATE) {
        set_failed(out, PAL_CELL_RULE_IS_A_DATE);
        return PAL_OK;
    }
    if (cell->kind == PAL_CELL_NUMBER) {
        if (!(fabs(cell->number) < 1e15) || floor(cell->number) != cell->number) {
            set_failed(out, PAL_CELL_RULE_ID_TOO_LONG);
            return PAL_OK;
        }
        pal_double_text(cell->number, digits);
        text = pal_view_of(digits);
    } else {
        pal_status status = pal_text_clean(cell->text, setting->room, &text, err);
        if (status != PAL_OK) {
            return status;
        }
        if (is_rounded_number(text)) {
            set_failed(out, PAL_CELL_RULE_ID_TOO_LONG);
            return PAL_OK;
        }
        set_no_value(reader, setting, text, PAL_CELL_RULE_NONE, out);
        if (out->outcome != PAL_OUTCOME_FAILED) {
            return PAL_OK;
        }
        /* No pseudonym: whoever has the study could try all such numbers with its key. */
        if (pal_has_direct_value(text)) {
            set_failed(out, PAL_CELL_RULE_DIRECT);
            return PAL_OK;
        }
    }
    out->outcome = PAL_OUTCOME_VALUE;
    out->id = pal_keyed_id(&setting->id_key, text);
    return setting->keep_ids ? pal_intern_add(setting->terms, text, &out->term, err)
                             : PAL_OK;
}

pal_status pal_cell_read(struct pal_cell_reader *reader,
                         const struct pal_cell_setting *setting,
                         const struct pal_cell *cell, struct pal_cell_value *out,
                         struct pal_error *err)
{
    out->outcome = PAL_OUTCOME_MISSING;
    out->rule = PAL_CELL_RULE_NONE;
    out->has_time = false;
    out->term = 0;
    if (cell->kind == PAL_CELL_ERROR) {
        set_failed(out, PAL_CELL_RULE_ERROR);
        return PAL_OK;
    }
    switch (reader->type) {
    case PAL_FIELD_DATE:
    case PAL_FIELD_DATE_TIME:
        return read_cleaned(read_date, reader, setting, cell, out, err);
    case PAL_FIELD_INTEGER:
    case PAL_FIELD_NUMBER:
        return read_cleaned(read_number, reader, setting, cell, out, err);
    case PAL_FIELD_IDENTIFIER:
        return read_identifier(reader, setting, cell, out, err);
    case PAL_FIELD_CATEGORY:
    case PAL_FIELD_AREA:
    case PAL_FIELD_RELEASED_ID:
        break;
    }
    return read_text(reader, setting, cell, out, err);
}
