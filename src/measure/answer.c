#include "measure/answer.h"

void pal_answer_init(struct pal_answer *answer)
{
    *answer = (struct pal_answer){.status = PAL_OK};
    pal_arena_init(&answer->arena, PAL_ANSWER_ARENA_MAX);
}

void pal_answer_clear(struct pal_answer *answer)
{
    pal_arena_clear(&answer->arena);
    pal_free(answer->cells);
    answer->cells = NULL;
}

static struct pal_view copied(struct pal_answer *answer, struct pal_view text)
{
    struct pal_view out = {"", 0};
    if (answer->status == PAL_OK) {
        answer->status = pal_arena_copy(&answer->arena, text, &out, NULL);
    }
    return out;
}

void pal_answer_column(struct pal_answer *answer, const char *name)
{
    PAL_BUG_IF(answer->column_count == PAL_ANSWER_COLUMN_MAX || answer->cell_count > 0);
    answer->columns[answer->column_count] = copied(answer, pal_view_of(name)).data;
    answer->column_count++;
}

static void add(struct pal_answer *answer, struct pal_answer_cell cell)
{
    if (answer->status == PAL_OK && answer->cell_count == answer->cell_room) {
        size_t room = answer->cell_room == 0 ? 256 : answer->cell_room * 2;
        struct pal_answer_cell *cells = pal_realloc(answer->cells, room, sizeof *cells);
        answer->status = cells == NULL ? PAL_MEMORY : PAL_OK;
        if (cells != NULL) {
            answer->cells = cells;
            answer->cell_room = room;
        }
    }
    if (answer->status == PAL_OK) {
        answer->cells[answer->cell_count++] = cell;
    }
}

void pal_answer_text(struct pal_answer *answer, struct pal_view text)
{
    add(answer, (struct pal_answer_cell){.kind = PAL_ANSWER_TEXT,
                                         .text = copied(answer, text)});
}

void pal_answer_integer(struct pal_answer *answer, int64_t value)
{
    add(answer, (struct pal_answer_cell){.kind = PAL_ANSWER_INTEGER, .integer = value});
}

void pal_answer_number(struct pal_answer *answer, double value)
{
    add(answer, (struct pal_answer_cell){.kind = PAL_ANSWER_NUMBER, .number = value});
}

void pal_answer_null(struct pal_answer *answer)
{
    add(answer, (struct pal_answer_cell){.kind = PAL_ANSWER_NULL});
}

pal_status pal_answer_status(const struct pal_answer *answer, struct pal_error *err)
{
    if (answer->status != PAL_OK) {
        return pal_fail(err, answer->status, "an answer is too large: %s",
                        pal_status_text(answer->status));
    }
    PAL_BUG_IF(answer->column_count == 0 ||
               answer->cell_count % answer->column_count != 0);
    return PAL_OK;
}

void pal_answer_csv(const struct pal_answer *answer, struct pal_buffer *out)
{
    PAL_BUG_IF(answer->column_count == 0);
    for (size_t i = 0; i < answer->column_count; i++) {
        pal_csv_field(out, pal_view_of(answer->columns[i]), i == 0);
    }
    pal_csv_end(out);
    for (size_t i = 0; i < answer->cell_count; i++) {
        const struct pal_answer_cell *cell = &answer->cells[i];
        size_t column = i % answer->column_count;
        char text[32] = "";
        if (cell->kind == PAL_ANSWER_NUMBER || cell->kind == PAL_ANSWER_INTEGER) {
            pal_double_text(cell->kind == PAL_ANSWER_NUMBER ? cell->number
                                                            : (double)cell->integer,
                            text);
        }
        pal_csv_field(out,
                      cell->kind == PAL_ANSWER_TEXT ? cell->text : pal_view_of(text),
                      column == 0);
        if (column + 1 == answer->column_count) {
            pal_csv_end(out);
        }
    }
}
