#include "app/spec_file.h"

#include "app/yaml_bind.h"

struct top {
    int64_t seed;
    struct pal_view release;
    int32_t first_day;
    int32_t last_day;
    const struct pal_yaml_node *campaign;
    const struct pal_yaml_node *areas;
    double duplicate_share;
    double without_id_share;
    double area_blank_share;
    double state_blank_share;
    double custody_share;
};
struct campaign {
    int32_t first_day;
    int32_t last_day;
    int64_t spurt_days;
    int64_t spurt_count;
    double effect;
};

#define KEY(type, member_name, kind_name, must)                                        \
    {                                                                                  \
        .key = #member_name, .offset = offsetof(struct type, member_name),             \
        .kind = (kind_name), .is_required = (must)                                     \
    }
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const struct pal_bind_key top_keys[] = {
    KEY(top, seed, PAL_BIND_COUNT, true),
    KEY(top, release, PAL_BIND_TEXT, false),
    KEY(top, first_day, PAL_BIND_DAY, true),
    KEY(top, last_day, PAL_BIND_DAY, true),
    KEY(top, campaign, PAL_BIND_NODE, false),
    KEY(top, areas, PAL_BIND_NODE, true),
    KEY(top, duplicate_share, PAL_BIND_NUMBER, false),
    KEY(top, without_id_share, PAL_BIND_NUMBER, false),
    KEY(top, area_blank_share, PAL_BIND_NUMBER, false),
    KEY(top, state_blank_share, PAL_BIND_NUMBER, false),
    KEY(top, custody_share, PAL_BIND_NUMBER, false),
};
static const struct pal_bind_key campaign_keys[] = {
    KEY(campaign, first_day, PAL_BIND_DAY, true),
    KEY(campaign, last_day, PAL_BIND_DAY, true),
    KEY(campaign, spurt_days, PAL_BIND_COUNT, false),
    KEY(campaign, spurt_count, PAL_BIND_COUNT, false),
    KEY(campaign, effect, PAL_BIND_NUMBER, false),
};
static const struct pal_bind_key area_keys[] = {
    KEY(pal_simulate_area, name, PAL_BIND_TEXT, true),
    KEY(pal_simulate_area, state, PAL_BIND_TEXT, true),
    KEY(pal_simulate_area, city, PAL_BIND_TEXT, true),
    KEY(pal_simulate_area, arrests_a_day, PAL_BIND_NUMBER, true),
    KEY(pal_simulate_area, detainers_a_day, PAL_BIND_NUMBER, false),
    KEY(pal_simulate_area, declined_share, PAL_BIND_NUMBER, false),
    {"in_campaign", offsetof(struct pal_simulate_area, is_in_campaign), PAL_BIND_BOOL,
     false},
};
static const struct pal_bind_shape campaign_shape = {"campaign", campaign_keys,
                                                     COUNT_OF(campaign_keys)};
static const struct pal_bind_shape top_shape = {"a specification", top_keys,
                                                COUNT_OF(top_keys)};

static pal_status take_campaign(const struct pal_binder *binder,
                                const struct pal_yaml_node *node,
                                struct pal_simulate_campaign *out,
                                struct pal_error *err)
{
    struct campaign read = {out->first, out->last, out->spurt_days, out->spurt_count,
                            out->effect};
    pal_status st;
    if (node == NULL) {
        return PAL_OK;
    }
    st = pal_bind_map(binder, node, &campaign_shape, &read, err);
    if (st == PAL_OK && (read.spurt_days > INT16_MAX || read.spurt_count > INT16_MAX)) {
        st = pal_bind_fail(binder, node->line, err,
                           "spurt_days and spurt_count go up to %d", INT16_MAX);
    }
    if (st == PAL_OK) {
        *out = (struct pal_simulate_campaign){read.first_day, read.last_day,
                                              (int32_t)read.spurt_days,
                                              (int32_t)read.spurt_count, read.effect};
    }
    return st;
}

static pal_status take_areas(const struct pal_binder *binder,
                             const struct pal_yaml_node *node,
                             struct pal_simulate_spec *out, struct pal_error *err)
{
    static const struct pal_bind_list list = {{"area", area_keys, COUNT_OF(area_keys)},
                                              sizeof(struct pal_simulate_area),
                                              NULL};
    void *memory = NULL;
    size_t count = 0;
    pal_status st = pal_bind_maps(binder, node, &list, &memory, &count, err);
    const struct pal_simulate_area *areas = memory;
    if (st == PAL_OK && count > PAL_SIMULATE_AREA_MAX) {
        return pal_bind_fail(binder, node->line, err, "at most %d areas",
                             PAL_SIMULATE_AREA_MAX);
    }
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        out->areas[out->area_count++] = areas[i];
    }
    return st;
}

static pal_status take_all(const struct pal_binder *binder,
                           const struct pal_yaml_node *root,
                           struct pal_simulate_spec *out, struct pal_error *err)
{
    struct top top = {.release = out->release,
                      .duplicate_share = out->duplicate_share,
                      .without_id_share = out->without_id_share,
                      .area_blank_share = out->area_blank_share,
                      .state_blank_share = out->state_blank_share,
                      .custody_share = out->custody_share};
    pal_status st = pal_bind_map(binder, root, &top_shape, &top, err);
    if (st == PAL_OK) {
        st = take_campaign(binder, top.campaign, &out->campaign, err);
    }
    if (st == PAL_OK) {
        st = take_areas(binder, top.areas, out, err);
    }
    out->seed = (uint64_t)top.seed;
    out->release = top.release;
    out->first = top.first_day;
    out->last = top.last_day;
    out->duplicate_share = top.duplicate_share;
    out->without_id_share = top.without_id_share;
    out->area_blank_share = top.area_blank_share;
    out->state_blank_share = top.state_blank_share;
    out->custody_share = top.custody_share;
    return st;
}

pal_status pal_spec_read(const char *path, struct pal_arena *arena,
                         struct pal_simulate_spec *out, struct pal_error *err)
{
    struct pal_binder binder = {path, arena};
    struct pal_yaml_node *root = NULL;
    struct pal_buffer text;
    pal_status st;
    pal_simulate_defaults(out);
    pal_buffer_init(&text, PAL_YAML_SIZE_MAX + 1);
    st = pal_file_read(path, &text, err);
    if (st == PAL_OK) {
        st = pal_yaml_parse(pal_buffer_view(&text), path, arena, &root, err);
    }
    if (st == PAL_OK) {
        st = take_all(&binder, root, out, err);
    }
    if (st == PAL_OK) {
        st = pal_simulate_check(out, err);
        if (st != PAL_OK) {
            st = pal_while(err, PAL_INPUT, "%s", path);
        }
    }
    pal_buffer_clear(&text);
    return st;
}
