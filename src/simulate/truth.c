/*
 * The truth beside the files: what was planted, so that what is measured can be held against
 * it. Totals only.
 */
#include <stdio.h>

#include "simulate/simulate_internal.h"

enum { TRUTH_SIZE_MAX = 64 * 1024 * 1024 };

static pal_status write_file(const char *folder, const char *name,
                             struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer path;
    pal_buffer_init(&path, 1U << 16);
    pal_buffer_append_format(&path, "%s/truth/%s", folder, name);
    pal_status st = pal_buffer_status(&path, err);
    if (st == PAL_OK) {
        st = pal_buffer_status(out, err);
    }
    if (st == PAL_OK) {
        st = pal_file_write(path.data, pal_buffer_view(out), err);
    }
    pal_buffer_clear(&path);
    return st;
}

static void put(struct pal_buffer *out, struct pal_view text, bool is_first)
{
    pal_csv_field(out, text, is_first);
}

/* One row per area and month: true arrests, those of the campaign, and rows released. */
static pal_status months(const struct pal_sim_world *world, struct pal_buffer *out,
                         struct pal_error *err)
{
    const struct pal_simulate_spec *spec = world->spec;
    struct pal_civil start = pal_civil_of(spec->first);
    size_t month_count = 0;
    for (int32_t day = pal_month_first(spec->first); day <= spec->last;
         day = pal_month_next(day)) {
        month_count++;
    }
    struct {
        int64_t arrests, campaign, rows;
    } *cells = pal_alloc_zero(month_count * spec->area_count + 1, sizeof *cells);
    if (cells == NULL) {
        return pal_fail_memory(err);
    }
    for (size_t i = 0; i < world->arrest_count; i++) {
        const struct pal_sim_arrest *arrest = &world->arrests[i];
        struct pal_civil date =
            pal_civil_of((int32_t)(arrest->second / PAL_SIM_SECONDS_A_DAY));
        size_t month =
            (size_t)((date.year - start.year) * 12 + date.month - start.month);
        if (month >= month_count) {
            continue; /* a duplicate that fell behind the last day */
        }
        size_t at = arrest->area * month_count + month;
        cells[at].rows++;
        cells[at].arrests += arrest->is_duplicate ? 0 : 1;
        cells[at].campaign += arrest->is_campaign && !arrest->is_duplicate ? 1 : 0;
    }
    pal_buffer_append_text(out, "area,month,arrests,campaign_arrests,rows\n");
    for (size_t area = 0; area < spec->area_count; area++) {
        int32_t day = pal_month_first(spec->first);
        for (size_t m = 0; m < month_count; m++, day = pal_month_next(day)) {
            struct pal_civil date = pal_civil_of(day);
            size_t at = area * month_count + m;
            put(out, spec->areas[area].name, true);
            pal_buffer_append_format(out, ",%04d-%02d,%lld,%lld,%lld\n", date.year,
                                     date.month, (long long)cells[at].arrests,
                                     (long long)cells[at].campaign,
                                     (long long)cells[at].rows);
        }
    }
    pal_free(cells);
    return PAL_OK;
}

static void spurts(const struct pal_simulate_spec *spec, struct pal_buffer *out)
{
    pal_buffer_append_text(out, "area,first,last,effect\n");
    for (size_t area = 0; area < spec->area_count; area++) {
        int32_t first;
        int32_t last;
        for (int32_t i = 0; pal_sim_spurt(spec, area, i, &first, &last); i++) {
            char from[16];
            char to[16];
            char effect[32];
            pal_day_text(first, from);
            pal_day_text(last, to);
            pal_double_text(spec->campaign.effect, effect);
            put(out, spec->areas[area].name, true);
            pal_buffer_append_format(out, ",%s,%s,%s\n", from, to, effect);
        }
    }
}

static void totals(const struct pal_simulate_counts *counts, struct pal_buffer *out)
{
    pal_buffer_append_text(out, "what,count\n");
    pal_buffer_append_format(out, "arrests,%lld\narrest_rows,%lld\n",
                             (long long)counts->arrests,
                             (long long)counts->arrest_rows);
    pal_buffer_append_format(out, "campaign_arrests,%lld\ndetainer_rows,%lld\n",
                             (long long)counts->campaign_arrests,
                             (long long)counts->detainer_rows);
    pal_buffer_append_format(out, "stint_rows,%lld\nstays,%lld\n",
                             (long long)counts->stint_rows, (long long)counts->stays);
}

pal_status pal_sim_truth_write(const struct pal_sim_world *world, const char *folder,
                               struct pal_error *err)
{
    struct pal_buffer out;
    pal_buffer_init(&out, TRUTH_SIZE_MAX);
    pal_status st = months(world, &out, err);
    if (st == PAL_OK) {
        st = write_file(folder, "arrests_by_area_month.csv", &out, err);
    }
    pal_buffer_reset(&out);
    spurts(world->spec, &out);
    if (st == PAL_OK) {
        st = write_file(folder, "spurts.csv", &out, err);
    }
    pal_buffer_reset(&out);
    totals(&world->counts, &out);
    if (st == PAL_OK) {
        st = write_file(folder, "totals.csv", &out, err);
    }
    pal_buffer_clear(&out);
    return st;
}
