#include "app/study_effort.h"

/* One line of the list as its keys give it. */
struct line {
    struct pal_view place;
    struct pal_view what;
    int32_t first;
    int32_t first_latest;
    int32_t last;
    int32_t last_earliest;
    const struct pal_yaml_node *agents;
    const struct pal_yaml_node *hours;
    const struct pal_yaml_node *days_on;
    const struct pal_yaml_node *days_off;
    struct pal_view source;
    int32_t source_date;
};

/* low 0 and no high where the key is not given. */
struct range {
    double low;
    double high;
};

enum { HOURS_A_DAY = 24 };
#define NOT_GIVEN (-1.0)
#define ALL_PLACES "all places together"

#define KEY(type, member_name, kind_name, must)                                        \
    {                                                                                  \
        .key = #member_name, .offset = offsetof(struct type, member_name),             \
        .kind = (kind_name), .is_required = (must)                                     \
    }
static const struct pal_bind_key line_keys[] = {
    KEY(line, place, PAL_BIND_TEXT, false),
    KEY(line, what, PAL_BIND_TEXT, true),
    KEY(line, first, PAL_BIND_DAY, true),
    KEY(line, first_latest, PAL_BIND_DAY, false),
    KEY(line, last, PAL_BIND_DAY, true),
    KEY(line, last_earliest, PAL_BIND_DAY, false),
    KEY(line, agents, PAL_BIND_NODE, false),
    KEY(line, hours, PAL_BIND_NODE, false),
    KEY(line, days_on, PAL_BIND_NODE, false),
    KEY(line, days_off, PAL_BIND_NODE, false),
    KEY(line, source, PAL_BIND_TEXT, true),
    KEY(line, source_date, PAL_BIND_DAY, false),
};
static const struct pal_bind_key range_keys[] = {
    KEY(range, low, PAL_BIND_NUMBER, true),
    KEY(range, high, PAL_BIND_NUMBER, false),
};
static const struct pal_bind_shape range_shape = {
    "a range", range_keys, sizeof range_keys / sizeof range_keys[0]};

static void fill_line(void *element)
{
    struct line *line = element;
    line->first = line->first_latest = PAL_DAY_NONE;
    line->last = line->last_earliest = PAL_DAY_NONE;
    line->source_date = PAL_DAY_NONE;
}

static pal_status take_range(const struct pal_binder *binder,
                             const struct pal_yaml_node *node,
                             struct pal_study_range *out, struct pal_error *err)
{
    struct range range = {0, NOT_GIVEN};
    *out = (struct pal_study_range){0, 0, false};
    if (node == NULL) {
        return PAL_OK;
    }
    pal_status st = pal_bind_map(binder, node, &range_shape, &range, err);
    if (st == PAL_OK && range.high != NOT_GIVEN && range.high < range.low) {
        st = pal_bind_fail(binder, node->line, err, "a range's low is above its high");
    }
    *out = (struct pal_study_range){range.low, range.high, range.high >= 0};
    return st;
}

static pal_status check_place(const struct pal_binder *binder, size_t line,
                              const struct pal_study *study, struct pal_view place,
                              struct pal_error *err)
{
    struct pal_nearest nearest = {.word = place};
    if (pal_view_is_equal(place, PAL_VIEW(ALL_PLACES))) {
        return PAL_OK;
    }
    for (size_t i = 0; i < study->place_count; i++) {
        if (pal_view_is_equal(study->places[i].name, place)) {
            return PAL_OK;
        }
        pal_nearest_try(&nearest, study->places[i].name);
    }
    bool is_near = nearest.best.data != NULL;
    return pal_bind_fail(
        binder, line, err,
        "there is no place \"%.*s\"%s%.*s; leave it out for " ALL_PLACES,
        PAL_VIEW_ARG(place), is_near ? "; did you mean " : "",
        is_near ? (int)nearest.best.size : 0, is_near ? nearest.best.data : "");
}

static pal_status take_line(const struct pal_binder *binder, size_t line_number,
                            const struct line *line, struct pal_study_effort *out,
                            struct pal_error *err)
{
    *out = (struct pal_study_effort){
        .place = line->place.data != NULL ? line->place : PAL_VIEW(ALL_PLACES),
        .what = line->what,
        .first_earliest = line->first,
        .first_latest =
            line->first_latest != PAL_DAY_NONE ? line->first_latest : line->first,
        .last_earliest =
            line->last_earliest != PAL_DAY_NONE ? line->last_earliest : line->last,
        .last_latest = line->last,
        .source = line->source,
        .source_date = line->source_date,
    };
    pal_status st = take_range(binder, line->agents, &out->agents, err);
    if (st == PAL_OK) {
        st = take_range(binder, line->hours, &out->hours, err);
    }
    if (st == PAL_OK) {
        st = take_range(binder, line->days_on, &out->days_on, err);
    }
    if (st == PAL_OK) {
        st = take_range(binder, line->days_off, &out->days_off, err);
    }
    if (st == PAL_OK &&
        (out->hours.low > HOURS_A_DAY || out->hours.high > HOURS_A_DAY)) {
        st = pal_bind_fail(binder, line_number, err, "a day has %d hours", HOURS_A_DAY);
    }
    if (st == PAL_OK && (out->first_earliest > out->first_latest ||
                         out->last_earliest > out->last_latest ||
                         out->first_earliest > out->last_latest)) {
        st = pal_bind_fail(binder, line_number, err,
                           "its days end before they begin: first, first_latest, "
                           "last_earliest, last");
    }
    return st;
}

pal_status pal_study_take_effort(const struct pal_binder *binder,
                                 const struct pal_yaml_node *node,
                                 struct pal_study *study, struct pal_error *err)
{
    static const struct pal_bind_list list = {
        {"effort", line_keys, sizeof line_keys / sizeof line_keys[0]},
        sizeof(struct line),
        fill_line};
    const struct pal_yaml_node *child = node != NULL ? node->first : NULL;
    void *lines = NULL;
    void *memory = NULL;
    pal_status st =
        pal_bind_maps(binder, node, &list, &lines, &study->effort_count, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(binder->arena, study->effort_count + 1,
                             sizeof *study->efforts, &memory, err);
    }
    study->efforts = memory;
    for (size_t i = 0; st == PAL_OK && child != NULL && i < study->effort_count; i++) {
        const struct line *line = (const struct line *)lines + i;
        st = take_line(binder, child->line, line, &study->efforts[i], err);
        if (st == PAL_OK) {
            st = check_place(binder, child->line, study, study->efforts[i].place, err);
        }
        child = child->next;
    }
    return st;
}
