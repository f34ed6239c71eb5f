#include "app/spec_file.h"

#include <string.h>

#include "app/yaml_bind.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
/* A key, its member and kind, whether it must be there; and its range. */
#define KEY(name, type, member, kind_name, must)                                       \
    {                                                                                  \
        .key = (name), .offset = offsetof(struct type, member), .kind = (kind_name),   \
        .is_required = (must)                                                          \
    }
#define RANGE(name, type, member, kind_name, must, from, to)                           \
    {                                                                                  \
        .key = (name), .offset = offsetof(struct type, member), .kind = (kind_name),   \
        .is_required = (must), .has_range = true, .least = (from), .most = (to)        \
    }
#define SHARE(name, type) RANGE(#name, type, name, PAL_BIND_NUMBER, false, 0, 1)
#define ROSTER(type)                                                                   \
    RANGE("days_on", type, roster.days_on, PAL_BIND_COUNT, false, 1, 60),              \
        RANGE("days_off", type, roster.days_off, PAL_BIND_COUNT, false, 0, 60),        \
        RANGE("shift_hours", type, roster.shift_hours, PAL_BIND_NUMBER, false, 1, 24)
#define AGENTS(type, must)                                                             \
    RANGE("agents", type, agents, PAL_BIND_COUNT, must, 0, 100000)

/* The specification's own members, and the parts that are read on their own. */
struct whole {
    struct pal_simulate_spec spec;
    int64_t seed;
    const struct pal_yaml_node *campaign;
    const struct pal_yaml_node *areas;
    const struct pal_yaml_node *reinforcements;
    const struct pal_yaml_node *gaps;
};
#define SPEC_SHARE(name) RANGE(#name, whole, spec.name, PAL_BIND_NUMBER, false, 0, 1)

static const struct pal_bind_key top_keys[] = {
    KEY("seed", whole, seed, PAL_BIND_COUNT, true),
    KEY("release", whole, spec.release, PAL_BIND_TEXT, false),
    KEY("first_day", whole, spec.first, PAL_BIND_DAY, true),
    KEY("last_day", whole, spec.last, PAL_BIND_DAY, true),
    KEY("campaign", whole, campaign, PAL_BIND_NODE, false),
    KEY("areas", whole, areas, PAL_BIND_NODE, true),
    KEY("reinforcements", whole, reinforcements, PAL_BIND_NODE, false),
    KEY("gaps", whole, gaps, PAL_BIND_NODE, false),
    KEY("type_recorded_from", whole, spec.type_recorded_from, PAL_BIND_DAY, false),
    SPEC_SHARE(targeted_share),
    SPEC_SHARE(pursued_share),
    RANGE("dispersion_size", whole, spec.dispersion_size, PAL_BIND_NUMBER, false, 0.1,
          1e6),
    SPEC_SHARE(watching_share),
    SPEC_SHARE(duplicate_share),
    SPEC_SHARE(without_id_share),
    SPEC_SHARE(area_blank_share),
    SPEC_SHARE(state_blank_share),
    SPEC_SHARE(custody_share),
    SPEC_SHARE(late_share),
    RANGE("late_days", whole, spec.late_days, PAL_BIND_NUMBER, false, 0, 365),
    SPEC_SHARE(redaction_mixed_share),
    SPEC_SHARE(stint_duplicate_share),
};
static const struct pal_bind_key campaign_keys[] = {
    KEY("first_day", pal_simulate_campaign, first, PAL_BIND_DAY, true),
    KEY("last_day", pal_simulate_campaign, last, PAL_BIND_DAY, true),
    RANGE("spurt_days", pal_simulate_campaign, spurt_days, PAL_BIND_COUNT, false, 1,
          PAL_SIMULATE_DAY_MAX),
    RANGE("spurt_count", pal_simulate_campaign, spurt_count, PAL_BIND_COUNT, false, 1,
          1000),
    RANGE("effect", pal_simulate_campaign, effect, PAL_BIND_NUMBER, false, 1, 100),
    SHARE(collateral_share, pal_simulate_campaign),
    AGENTS(pal_simulate_campaign, false),
    ROSTER(pal_simulate_campaign),
};
static const struct pal_bind_key area_keys[] = {
    KEY("name", pal_simulate_area, name, PAL_BIND_TEXT, true),
    KEY("state", pal_simulate_area, state, PAL_BIND_TEXT, true),
    KEY("city", pal_simulate_area, city, PAL_BIND_TEXT, true),
    RANGE("arrests_a_day", pal_simulate_area, arrests_a_day, PAL_BIND_NUMBER, true, 0,
          10000),
    RANGE("detainers_a_day", pal_simulate_area, detainers_a_day, PAL_BIND_NUMBER, false,
          0, 10000),
    RANGE("honoured_a_day", pal_simulate_area, honoured_a_day, PAL_BIND_NUMBER, false,
          0, 10000),
    SHARE(declined_share, pal_simulate_area),
    KEY("in_campaign", pal_simulate_area, is_in_campaign, PAL_BIND_BOOL, false),
    AGENTS(pal_simulate_area, false),
    ROSTER(pal_simulate_area),
};
static const struct pal_bind_key reinforcement_keys[] = {
    KEY("area", pal_simulate_reinforcement, area, PAL_BIND_TEXT, true),
    KEY("agency", pal_simulate_reinforcement, agency, PAL_BIND_TEXT, false),
    KEY("first_day", pal_simulate_reinforcement, first, PAL_BIND_DAY, true),
    KEY("last_day", pal_simulate_reinforcement, last, PAL_BIND_DAY, true),
    AGENTS(pal_simulate_reinforcement, true),
    ROSTER(pal_simulate_reinforcement),
};
static const struct pal_bind_key gap_keys[] = {
    KEY("area", pal_simulate_gap, area, PAL_BIND_TEXT, true),
    KEY("first_day", pal_simulate_gap, first, PAL_BIND_DAY, true),
    KEY("last_day", pal_simulate_gap, last, PAL_BIND_DAY, true),
    KEY("kind", pal_simulate_gap, kind, PAL_BIND_TEXT, true),
};
static const struct pal_bind_shape campaign_shape = {"campaign", campaign_keys,
                                                     COUNT_OF(campaign_keys)};
static const struct pal_bind_shape top_shape = {"a specification", top_keys,
                                                COUNT_OF(top_keys)};

static void fill_area(void *element)
{
    pal_simulate_area_defaults(element);
}

static void fill_reinforcement(void *element)
{
    pal_simulate_reinforcement_defaults(element);
}

/* A list of maps, and the array of the specification it goes into. */
struct taken_list {
    const struct pal_yaml_node *node;
    struct pal_bind_list list;
    size_t most;
    void *out;
    size_t *count;
};

static pal_status take_list(const struct pal_binder *binder,
                            const struct taken_list *taken, struct pal_error *err)
{
    void *memory = NULL;
    pal_status st =
        pal_bind_maps(binder, taken->node, &taken->list, &memory, taken->count, err);
    if (st == PAL_OK && *taken->count > taken->most) {
        *taken->count = 0;
        return pal_bind_fail(binder, taken->node->line, err,
                             "at most %zu items, each a %s", taken->most,
                             taken->list.shape.what);
    }
    if (st == PAL_OK && *taken->count > 0) {
        memcpy(taken->out, memory, *taken->count * taken->list.size);
    }
    return st;
}

static pal_status take_lists(const struct pal_binder *binder, struct whole *whole,
                             struct pal_error *err)
{
    struct pal_simulate_spec *spec = &whole->spec;
    const struct taken_list lists[] = {
        {whole->areas,
         {{"area", area_keys, COUNT_OF(area_keys)},
          sizeof(struct pal_simulate_area),
          fill_area},
         PAL_SIMULATE_AREA_MAX,
         spec->areas,
         &spec->area_count},
        {whole->reinforcements,
         {{"reinforcement", reinforcement_keys, COUNT_OF(reinforcement_keys)},
          sizeof(struct pal_simulate_reinforcement),
          fill_reinforcement},
         PAL_SIMULATE_LIST_MAX,
         spec->reinforcements,
         &spec->reinforcement_count},
        {whole->gaps,
         {{"gap", gap_keys, COUNT_OF(gap_keys)}, sizeof(struct pal_simulate_gap), NULL},
         PAL_SIMULATE_LIST_MAX,
         spec->gaps,
         &spec->gap_count},
    };
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < COUNT_OF(lists); i++) {
        st = take_list(binder, &lists[i], err);
    }
    return st;
}

static pal_status take_all(const struct pal_binder *binder,
                           const struct pal_yaml_node *root, struct whole *whole,
                           struct pal_error *err)
{
    pal_status st = pal_bind_map(binder, root, &top_shape, whole, err);
    if (st == PAL_OK && whole->campaign != NULL) {
        st = pal_bind_map(binder, whole->campaign, &campaign_shape,
                          &whole->spec.campaign, err);
    }
    if (st == PAL_OK) {
        st = take_lists(binder, whole, err);
    }
    whole->spec.seed = (uint64_t)whole->seed;
    return st;
}

pal_status pal_spec_parse(struct pal_view text, const char *path,
                          struct pal_arena *arena, struct pal_simulate_spec *out,
                          struct pal_error *err)
{
    struct pal_binder binder = {path, arena};
    struct pal_yaml_node *root = NULL;
    struct whole whole = {.seed = 0};
    pal_simulate_defaults(&whole.spec);
    pal_status st = pal_yaml_parse(text, path, arena, &root, err);
    if (st == PAL_OK) {
        st = take_all(&binder, root, &whole, err);
    }
    if (st == PAL_OK) {
        st = pal_simulate_check(&whole.spec, err);
        if (st != PAL_OK) {
            st = pal_while(err, PAL_INPUT, "%s", path);
        }
    }
    *out = whole.spec;
    return st;
}

pal_status pal_spec_read(const char *path, struct pal_arena *arena,
                         struct pal_simulate_spec *out, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_YAML_SIZE_MAX + 1);
    pal_status st = pal_file_read(path, &text, err);
    if (st == PAL_OK) {
        st = pal_spec_parse(pal_buffer_view(&text), path, arena, out, err);
    }
    pal_buffer_clear(&text);
    return st;
}
