#include "app/study_file.h"

#include "app/study_effort.h"
#include "app/yaml_bind.h"

/* The file's top level, before its lists are taken apart. */
struct top {
    struct pal_view name;
    struct pal_view title;
    const struct pal_yaml_node *campaign;
    const struct pal_yaml_node *places;
    const struct pal_yaml_node *comparison_areas;
    const struct pal_yaml_node *baseline;
    const struct pal_yaml_node *files;
    const struct pal_yaml_node *release_order;
    const struct pal_yaml_node *facts;
    const struct pal_yaml_node *effort;
    struct pal_view claims;
};
struct baseline {
    int32_t first_day;
    int32_t last_day;
};

#define KEY(type, member_name, kind_name, must)                                        \
    {                                                                                  \
        .key = #member_name, .offset = offsetof(struct type, member_name),             \
        .kind = (kind_name), .is_required = (must)                                     \
    }
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct pal_bind_key top_keys[] = {
    KEY(top, name, PAL_BIND_TEXT, true),
    KEY(top, title, PAL_BIND_TEXT, true),
    KEY(top, campaign, PAL_BIND_NODE, false),
    KEY(top, places, PAL_BIND_NODE, false),
    KEY(top, comparison_areas, PAL_BIND_NODE, false),
    KEY(top, baseline, PAL_BIND_NODE, false),
    KEY(top, files, PAL_BIND_NODE, true),
    KEY(top, release_order, PAL_BIND_NODE, false),
    KEY(top, facts, PAL_BIND_NODE, false),
    KEY(top, effort, PAL_BIND_NODE, false),
    KEY(top, claims, PAL_BIND_TEXT, false),
};
static const struct pal_bind_key campaign_keys[] = {
    KEY(pal_study_campaign, name, PAL_BIND_TEXT, true),
    KEY(pal_study_campaign, agency, PAL_BIND_TEXT, false),
    KEY(pal_study_campaign, first_day, PAL_BIND_DAY, true),
    KEY(pal_study_campaign, last_day, PAL_BIND_DAY, true),
    KEY(pal_study_campaign, announced, PAL_BIND_TEXT, false),
    KEY(pal_study_campaign, agents, PAL_BIND_COUNT, false),
    KEY(pal_study_campaign, agents_note, PAL_BIND_TEXT, false),
    KEY(pal_study_campaign, source, PAL_BIND_TEXT, true),
    KEY(pal_study_campaign, source_date, PAL_BIND_DAY, false),
};
static const struct pal_bind_key place_keys[] = {
    KEY(pal_study_place, name, PAL_BIND_TEXT, true),
    KEY(pal_study_place, area, PAL_BIND_TEXT, true),
    KEY(pal_study_place, state, PAL_BIND_TEXT, false),
    KEY(pal_study_place, note, PAL_BIND_TEXT, false),
};
static const struct pal_bind_key baseline_keys[] = {
    KEY(baseline, first_day, PAL_BIND_DAY, true),
    KEY(baseline, last_day, PAL_BIND_DAY, true),
};
static const struct pal_bind_key pattern_keys[] = {
    KEY(pal_study_pattern, pattern, PAL_BIND_TEXT, true),
    KEY(pal_study_pattern, release, PAL_BIND_TEXT, false),
    {.key = "table",
     .offset = offsetof(struct pal_study_pattern, table_text),
     .kind = PAL_BIND_TEXT,
     .is_required = false},
    {.key = "required",
     .offset = offsetof(struct pal_study_pattern, is_required),
     .kind = PAL_BIND_BOOL,
     .is_required = false},
};
static const struct pal_bind_key order_keys[] = {
    {.key = "table",
     .offset = offsetof(struct pal_study_order, table_text),
     .kind = PAL_BIND_TEXT,
     .is_required = true},
    {.key = "releases",
     .offset = offsetof(struct pal_study_order, release_node),
     .kind = PAL_BIND_NODE,
     .is_required = true},
};
static const struct pal_bind_key fact_keys[] = {
    KEY(pal_study_fact, name, PAL_BIND_TEXT, true),
    KEY(pal_study_fact, value, PAL_BIND_TEXT, true),
    KEY(pal_study_fact, unit, PAL_BIND_TEXT, false),
    KEY(pal_study_fact, source, PAL_BIND_TEXT, true),
    KEY(pal_study_fact, date, PAL_BIND_DAY, false),
};
static const struct pal_bind_shape baseline_shape = {"baseline", baseline_keys,
                                                     COUNT_OF(baseline_keys)};
static const struct pal_bind_shape campaign_shape = {"campaign", campaign_keys,
                                                     COUNT_OF(campaign_keys)};
static const struct pal_bind_shape top_shape = {"a study file", top_keys,
                                                COUNT_OF(top_keys)};

static void fill_fact(void *element)
{
    struct pal_study_fact *fact = element;
    fact->date = PAL_DAY_NONE;
}

static pal_status take_table(const struct pal_binder *binder, size_t line,
                             struct pal_view text, enum pal_table *table,
                             struct pal_error *err)
{
    *table = PAL_TABLE_COUNT;
    if (text.data == NULL) {
        return PAL_OK;
    }
    for (int i = 0; i < PAL_TABLE_COUNT; i++) {
        if (pal_view_is_equal(text, pal_view_of(pal_table_name((enum pal_table)i)))) {
            *table = (enum pal_table)i;
            return PAL_OK;
        }
    }
    return pal_bind_fail(binder, line, err,
                         "there is no table \"%.*s\"; it is one of arrest, detainer, "
                         "encounter, removal, stint, head_count, area_state, "
                         "custody_statistic",
                         PAL_VIEW_ARG(text));
}

static pal_status take_campaign(const struct pal_binder *binder,
                                const struct pal_yaml_node *node,
                                struct pal_study *study, struct pal_error *err)
{
    struct pal_study_campaign *campaign = &study->campaign;
    pal_status st;
    campaign->agents = -1;
    campaign->first_day = PAL_DAY_NONE;
    campaign->last_day = PAL_DAY_NONE;
    campaign->source_date = PAL_DAY_NONE;
    if (node == NULL) {
        return PAL_OK;
    }
    study->has_campaign = true;
    st = pal_bind_map(binder, node, &campaign_shape, campaign, err);
    if (st == PAL_OK && campaign->first_day > campaign->last_day) {
        st = pal_bind_fail(binder, node->line, err,
                           "the campaign's first_day is after its last_day");
    }
    return st;
}

/* Days of the campaign among the usual ones would hide what the campaign added to them: only
 * the days before it are taken, and where there are none the study is refused. */
static pal_status keep_before(const struct pal_binder *binder,
                              const struct pal_yaml_node *node,
                              const struct pal_study_campaign *campaign,
                              struct baseline *baseline, struct pal_error *err)
{
    if (campaign->first_day == PAL_DAY_NONE || campaign->last_day == PAL_DAY_NONE ||
        baseline->first_day > campaign->last_day ||
        baseline->last_day < campaign->first_day) {
        return PAL_OK;
    }
    if (baseline->first_day >= campaign->first_day) {
        return pal_bind_fail(binder, node->line, err,
                             "the baseline begins in the campaign; the usual is what "
                             "was before the campaign or after it");
    }
    baseline->last_day = campaign->first_day - 1;
    return PAL_OK;
}

static pal_status take_baseline(const struct pal_binder *binder,
                                const struct pal_yaml_node *node,
                                struct pal_study *study, struct pal_error *err)
{
    struct baseline baseline = {PAL_DAY_NONE, PAL_DAY_NONE};
    pal_status st = PAL_OK;
    if (node != NULL) {
        st = pal_bind_map(binder, node, &baseline_shape, &baseline, err);
    }
    if (st == PAL_OK && baseline.first_day > baseline.last_day) {
        st = pal_bind_fail(binder, node->line, err,
                           "the baseline's first_day is after its last_day");
    }
    int32_t stated_last = baseline.last_day;
    if (st == PAL_OK && node != NULL && study->has_campaign) {
        st = keep_before(binder, node, &study->campaign, &baseline, err);
    }
    study->is_baseline_cut = baseline.last_day != stated_last;
    study->baseline_first = baseline.first_day;
    study->baseline_last = baseline.last_day;
    return st;
}

static pal_status take_patterns(const struct pal_binder *binder,
                                const struct pal_yaml_node *node,
                                struct pal_study *study, struct pal_error *err)
{
    static const struct pal_bind_list list = {
        {"file", pattern_keys, COUNT_OF(pattern_keys)},
        sizeof(struct pal_study_pattern),
        NULL};
    void *memory = NULL;
    const struct pal_yaml_node *child = node->first;
    pal_status st =
        pal_bind_maps(binder, node, &list, &memory, &study->pattern_count, err);
    study->patterns = memory;
    for (size_t i = 0; st == PAL_OK && i < study->pattern_count; i++) {
        st = take_table(binder, child->line, study->patterns[i].table_text,
                        &study->patterns[i].table, err);
        child = child->next;
    }
    if (st == PAL_OK && study->pattern_count == 0) {
        st = pal_bind_fail(binder, node->line, err, "files names no file");
    }
    return st;
}

static pal_status take_orders(const struct pal_binder *binder,
                              const struct pal_yaml_node *node, struct pal_study *study,
                              struct pal_error *err)
{
    static const struct pal_bind_list list = {
        {"release order", order_keys, COUNT_OF(order_keys)},
        sizeof(struct pal_study_order),
        NULL};
    void *memory = NULL;
    pal_status st =
        pal_bind_maps(binder, node, &list, &memory, &study->order_count, err);
    study->orders = memory;
    for (size_t i = 0; st == PAL_OK && i < study->order_count; i++) {
        struct pal_study_order *order = &study->orders[i];
        st = take_table(binder, order->release_node->line, order->table_text,
                        &order->table, err);
        if (st == PAL_OK) {
            st = pal_bind_texts(binder, order->release_node, "release",
                                &order->releases, &order->release_count, err);
        }
    }
    return st;
}

static pal_status take_lists(const struct pal_binder *binder, const struct top *top,
                             struct pal_study *study, struct pal_error *err)
{
    static const struct pal_bind_list places = {
        {"place", place_keys, COUNT_OF(place_keys)},
        sizeof(struct pal_study_place),
        NULL};
    static const struct pal_bind_list facts = {{"fact", fact_keys, COUNT_OF(fact_keys)},
                                               sizeof(struct pal_study_fact),
                                               fill_fact};
    void *memory = NULL;
    pal_status st =
        pal_bind_maps(binder, top->places, &places, &memory, &study->place_count, err);
    study->places = memory;
    if (st == PAL_OK) {
        st =
            pal_bind_maps(binder, top->facts, &facts, &memory, &study->fact_count, err);
        study->facts = memory;
    }
    if (st == PAL_OK) {
        st = pal_bind_texts(binder, top->comparison_areas, "comparison area",
                            &study->comparison_areas, &study->comparison_count, err);
    }
    return st;
}

pal_status pal_study_parse(struct pal_view text, const char *path,
                           struct pal_study *out, struct pal_error *err)
{
    struct pal_binder binder = {path, &out->arena};
    struct pal_yaml_node *root = NULL;
    struct top top = {.name = {NULL, 0}};
    pal_status st;
    *out = (struct pal_study){0};
    pal_arena_init(&out->arena, PAL_STUDY_ARENA_MAX);
    st = pal_yaml_parse(text, path, &out->arena, &root, err);
    if (st == PAL_OK) {
        st = pal_bind_map(&binder, root, &top_shape, &top, err);
    }
    if (st == PAL_OK) {
        st = take_campaign(&binder, top.campaign, out, err);
    }
    if (st == PAL_OK) {
        st = take_baseline(&binder, top.baseline, out, err);
    }
    if (st == PAL_OK) {
        st = take_patterns(&binder, top.files, out, err);
    }
    if (st == PAL_OK) {
        st = take_orders(&binder, top.release_order, out, err);
    }
    if (st == PAL_OK) {
        st = take_lists(&binder, &top, out, err);
    }
    if (st == PAL_OK) {
        st = pal_study_take_effort(&binder, top.effort, out, err);
    }
    out->name = top.name;
    out->title = top.title;
    out->claims = top.claims;
    return st;
}

pal_status pal_study_read(const char *path, struct pal_study *out,
                          struct pal_error *err)
{
    struct pal_buffer text;
    pal_status st;
    *out = (struct pal_study){0};
    pal_buffer_init(&text, PAL_YAML_SIZE_MAX + 1);
    st = pal_file_read(path, &text, err);
    if (st == PAL_OK) {
        st = pal_study_parse(pal_buffer_view(&text), path, out, err);
    }
    if (st == PAL_OK) {
        st = pal_study_settle_areas(out, path, err);
    }
    pal_buffer_clear(&text);
    return st;
}

void pal_study_clear(struct pal_study *study)
{
    pal_arena_clear(&study->arena);
}

static bool is_one(struct pal_view pattern, size_t at, char c)
{
    return at < pattern.size &&
           (pattern.data[at] == c || (pattern.data[at] == '?' && c != '/'));
}

/* A star goes on as far as the folder does; on a mismatch the last star takes one more. */
static bool is_match(struct pal_view pattern, struct pal_view path)
{
    size_t p = 0;
    size_t i = 0;
    size_t star = SIZE_MAX;
    size_t star_at = 0;
    while (i < path.size) {
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            star_at = i;
        } else if (is_one(pattern, p, path.data[i])) {
            p++;
            i++;
        } else if (star != SIZE_MAX && path.data[star_at] != '/') {
            star_at++;
            i = star_at;
            p = star + 1;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*') {
        p++;
    }
    return p == pattern.size;
}

const struct pal_study_pattern *pal_study_match(const struct pal_study *study,
                                                struct pal_view path)
{
    for (size_t i = 0; i < study->pattern_count; i++) {
        if (is_match(study->patterns[i].pattern, path)) {
            return &study->patterns[i];
        }
    }
    return NULL;
}
