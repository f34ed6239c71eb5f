#include "record/harvest_internal.h"

#include "record/cell_memory.h"
#include "record/identity.h"
#include "record/mark.h"
#include "record/row_kind.h"
#include "record/text.h"

#include <string.h>

/* Bytes from which a cell of a note is prose, no header. */
enum { NOTE_HEADER_SIZE_MAX = 96 };

/* The text of a note: a cell that names a person is not kept. */
static struct pal_view note_text(const struct pal_cell *cell)
{
    return pal_has_direct_value(cell->text) ? PAL_WITHHELD_TEXT : cell->text;
}

static pal_status add_notes(struct pal_batch *batch, const struct pal_row *row,
                            struct pal_error *err)
{
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (pal_text_is_blank(cell->text)) {
            continue;
        }
        pal_status status = pal_batch_add_note(
            batch, (struct pal_text_cell){row->number, cell->column, note_text(cell)},
            err);
        if (status != PAL_OK) {
            return status;
        }
    }
    return PAL_OK;
}

static pal_status reject_row(struct pal_harvest *harvest, struct pal_batch *batch,
                             const struct pal_row *row, const char *rule,
                             const char *reason, struct pal_error *err)
{
    pal_buffer_reset(&harvest->line);
    for (size_t i = 0; i < row->cell_count; i++) {
        int32_t position = pal_layout_position(&harvest->layout, row->cells[i].column);
        if (position >= 0 &&
            harvest->layout.columns[position].sensitivity != PAL_SENSITIVITY_PUBLIC) {
            continue;
        }
        if (pal_has_direct_value(row->cells[i].text)) {
            continue;
        }
        if (harvest->line.size > 0) {
            pal_buffer_append_char(&harvest->line, '\t');
        }
        pal_buffer_append_view(&harvest->line, row->cells[i].text);
    }
    pal_status status = pal_buffer_status(&harvest->line, err);
    if (status == PAL_OK) {
        harvest->account.row_rejected_count++;
        status = pal_batch_add_row_reject(
            batch,
            (struct pal_row_reject){row->number, pal_buffer_view(&harvest->line), rule,
                                    reason},
            err);
    }
    return status;
}

/* A column behind the header's last, met in a row. */
static pal_status position_of(struct pal_harvest *harvest, uint32_t column,
                              size_t *position, struct pal_error *err)
{
    int32_t found = pal_layout_position(&harvest->layout, column);
    if (found >= 0) {
        *position = (size_t)found;
        return PAL_OK;
    }
    pal_status status =
        pal_layout_add_column(&harvest->layout, column, PAL_VIEW(""), position, err);
    return status == PAL_OK ? pal_harvest_make_states(harvest, err) : status;
}

static bool is_mark(struct pal_column_state *state, struct pal_view text)
{
    if (text.size == state->last_mark_size && text.size > 0 &&
        memcmp(text.data, state->last_mark, text.size) == 0) {
        return true;
    }
    if (!pal_is_redaction(text)) {
        return false;
    }
    if (text.size <= PAL_LAST_MARK_MAX) {
        memcpy(state->last_mark, text.data, text.size);
        state->last_mark_size = text.size;
    }
    return true;
}

/* A cell of a column without a field: withheld, or kept as text. */
static pal_status take_unmapped(struct pal_harvest *harvest, size_t position,
                                struct pal_batch *batch, uint64_t row,
                                const struct pal_cell *cell, struct pal_error *err)
{
    struct pal_layout_column *column = &harvest->layout.columns[position];
    if (is_mark(&harvest->states[position], cell->text)) {
        column->redacted_count++;
        return PAL_OK;
    }
    if (pal_text_is_blank(cell->text)) {
        return PAL_OK;
    }
    if (column->sensitivity == PAL_SENSITIVITY_DIRECT ||
        pal_has_direct_value(cell->text)) {
        if (!pal_dictionary_is_missing(harvest->dictionary, PAL_VIEW("withheld"),
                                       pal_view_trim(cell->text))) {
            column->withheld_count++;
        }
        return PAL_OK;
    }
    column->filled_count++;
    return pal_batch_add_extra(
        batch, (struct pal_text_cell){row, cell->column, cell->text}, err);
}

/* What a value says beside its own field: a time of day, or the released id. false: a time
 * of day that no field holds. */
static bool set_companion(struct pal_harvest *harvest, size_t position,
                          struct pal_batch *batch, size_t at,
                          const struct pal_cell_value *value)
{
    const struct pal_column_state *state = &harvest->states[position];
    bool is_due = state->reader.type == PAL_FIELD_IDENTIFIER || value->has_time;
    if (is_due && state->companion >= 0) {
        pal_batch_set(batch, at, (size_t)state->companion, value);
        harvest->account.recorded |= UINT64_C(1) << state->companion;
        return true;
    }
    return !is_due || state->reader.type != PAL_FIELD_DATE;
}

static pal_status take_mapped(struct pal_harvest *harvest, size_t position,
                              struct pal_batch *batch, size_t at,
                              const struct pal_cell *cell, struct pal_error *err)
{
    struct pal_layout_column *column = &harvest->layout.columns[position];
    struct pal_column_state *state = &harvest->states[position];
    const struct pal_cell_outcome *known = pal_cell_known(&state->reader, cell);
    struct pal_cell_value value;
    /* Most cells of most workbooks. */
    if (known != NULL && known->outcome == PAL_OUTCOME_VALUE) {
        pal_batch_set_term(batch, at, (size_t)column->field, known->term);
        column->filled_count++;
        return PAL_OK;
    }
    pal_status status =
        pal_cell_read(&state->reader, &harvest->setting, cell, &value, err);
    if (status != PAL_OK) {
        return status;
    }
    pal_batch_set(batch, at, (size_t)column->field, &value);
    switch (value.outcome) {
    case PAL_OUTCOME_VALUE:
        column->filled_count++;
        if (!set_companion(harvest, position, batch, at, &value)) {
            status =
                pal_batch_add_extra(batch,
                                    (struct pal_text_cell){(uint64_t)batch->row[at],
                                                           cell->column, cell->text},
                                    err);
        }
        break;
    case PAL_OUTCOME_REDACTED:
        column->redacted_count++;
        break;
    case PAL_OUTCOME_FAILED:
        column->failed_count++;
        return pal_batch_add_cell_reject(
            batch,
            (struct pal_cell_reject){
                (uint64_t)batch->row[at], cell->column,
                state->hides_raw || pal_has_direct_value(cell->text) ? PAL_VIEW("")
                                                                     : cell->text,
                pal_cell_rule_name(value.rule), pal_cell_rule_words(value.rule)},
            err);
    case PAL_OUTCOME_MISSING:
        break;
    }
    return status;
}

static pal_status store_row(struct pal_harvest *harvest, struct pal_batch *batch,
                            const struct pal_row *row, struct pal_error *err)
{
    size_t at = pal_batch_add_row(batch, row->number);
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        size_t position = 0;
        pal_status status = PAL_OK;
        if (pal_layout_position(&harvest->layout, cell->column) < 0 &&
            pal_text_is_blank(cell->text)) {
            continue;
        }
        status = position_of(harvest, cell->column, &position, err);
        if (status == PAL_OK) {
            status = harvest->states[position].has_reader
                         ? take_mapped(harvest, position, batch, at, cell, err)
                         : take_unmapped(harvest, (size_t)position, batch, row->number,
                                         cell, err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
    harvest->account.row_stored_count++;
    return PAL_OK;
}

/* A row of a second table in the sheet: under whose columns its cells stand is not known, so
 * no text of it is kept. */
static pal_status reject_unread(struct pal_harvest *harvest, struct pal_batch *batch,
                                uint64_t number, struct pal_error *err)
{
    harvest->account.row_rejected_count++;
    return pal_batch_add_row_reject(
        batch,
        (struct pal_row_reject){
            number, PAL_VIEW(""), "row.another_table",
            "it belongs to a second table that begins in this sheet; "
            "put that table on a sheet of its own"},
        err);
}

static pal_status take_record(struct pal_harvest *harvest, struct pal_batch *batch,
                              const struct pal_row *row, struct pal_error *err)
{
    enum pal_row_kind kind =
        pal_row_kind_of(&harvest->layout, harvest->dictionary, row);
    harvest->account.row_read_count++;
    harvest->is_behind_table = harvest->is_behind_table || kind == PAL_ROW_OTHER_HEADER;
    if (kind == PAL_ROW_BLANK) {
        harvest->account.row_blank_count++;
        return PAL_OK;
    }
    if (harvest->is_behind_table) {
        return reject_unread(harvest, batch, row->number, err);
    }
    if (kind == PAL_ROW_HEADER_AGAIN) {
        return reject_row(harvest, batch, row, "row.repeated_header",
                          "the header row once more", err);
    }
    if (kind == PAL_ROW_FOOTNOTE) {
        return reject_row(harvest, batch, row, "row.not_a_record",
                          "a total or a footnote under the table", err);
    }
    return store_row(harvest, batch, row, err);
}

/* ---- a row of a sheet that is no known table ---- */

/* Whether the cell names a direct identifier, as a header of `table`. */
static bool is_direct_header(const struct pal_harvest *harvest, enum pal_table table,
                             const struct pal_cell *cell)
{
    return cell->kind == PAL_CELL_TEXT && cell->text.size < NOTE_HEADER_SIZE_MAX &&
           pal_dictionary_is_direct_header(harvest->dictionary, table, cell->text);
}

static pal_status withhold_below(struct pal_harvest *harvest,
                                 const struct pal_cell *cell, struct pal_error *err)
{
    size_t position = 0;
    pal_status status = pal_layout_add_column(
        &harvest->layout, cell->column, pal_view_trim(cell->text), &position, err);
    if (status != PAL_OK) {
        return status;
    }
    harvest->layout.columns[position].sensitivity = PAL_SENSITIVITY_DIRECT;
    harvest->layout.columns[position].is_known = true;
    return pal_harvest_make_states(harvest, err);
}

/* Columns under a header that names a direct identifier are withheld from here on. One such
 * header says that the rows below are people: then the headers beside it are read as those of
 * a table of people, where "Name" or "Address" names a person and no facility. */
static pal_status find_withheld(struct pal_harvest *harvest, const struct pal_row *row,
                                struct pal_error *err)
{
    enum pal_table table = PAL_TABLE_NOTE;
    if (row->cell_count < 2) {
        return PAL_OK;
    }
    for (size_t i = 0; i < row->cell_count && table == PAL_TABLE_NOTE; i++) {
        if (is_direct_header(harvest, PAL_TABLE_NOTE, &row->cells[i])) {
            table = PAL_TABLE_ARREST;
        }
    }
    for (size_t i = 0; i < row->cell_count && table != PAL_TABLE_NOTE; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (pal_layout_position(&harvest->layout, cell->column) >= 0 ||
            !(is_direct_header(harvest, PAL_TABLE_NOTE, cell) ||
              is_direct_header(harvest, table, cell))) {
            continue;
        }
        pal_status status = withhold_below(harvest, cell, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    return PAL_OK;
}

static pal_status take_note(struct pal_harvest *harvest, struct pal_batch *batch,
                            const struct pal_row *row, struct pal_error *err)
{
    harvest->account.row_read_count++;
    if (pal_row_is_blank(row)) {
        harvest->account.row_blank_count++;
        return PAL_OK;
    }
    (void)pal_batch_add_row(batch, row->number);
    harvest->account.row_stored_count++;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        int32_t position = pal_layout_position(&harvest->layout, cell->column);
        pal_status status = PAL_OK;
        if (pal_text_is_blank(cell->text)) {
            continue;
        }
        if (position >= 0) {
            status =
                take_unmapped(harvest, (size_t)position, batch, row->number, cell, err);
        } else {
            status = pal_batch_add_note(
                batch,
                (struct pal_text_cell){row->number, cell->column, note_text(cell)},
                err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
    pal_status status = find_withheld(harvest, row, err);
    if (status == PAL_OK && harvest->finder != NULL) {
        status = pal_statistic_finder_add(harvest->finder, row, batch, err);
    }
    return status;
}

pal_status pal_harvest_take_row(struct pal_harvest *harvest, struct pal_batch *batch,
                                const struct pal_row *row, bool is_above,
                                struct pal_error *err)
{
    if (is_above) {
        return add_notes(batch, row, err);
    }
    if (harvest->layout.header_row == PAL_LAYOUT_NO_HEADER) {
        return take_note(harvest, batch, row, err);
    }
    return take_record(harvest, batch, row, err);
}
