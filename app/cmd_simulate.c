#include <string.h>

#include "app/bar.h"
#include "app/commands.h"
#include "app/listing.h"
#include "app/spec_file.h"

#include "store/store.h"

enum { OPTION_OUT, OPTION_FORMAT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_OUT] = {"out", 'o', PAL_OPTION_TEXT, "DIR",
                    "The folder to write the release into.", NULL},
    [OPTION_FORMAT] = {"format", 0, PAL_OPTION_CHOICE, "xlsx|csv|parquet",
                       "Write workbooks, csv or parquet.", "xlsx"},
};

static pal_status show(struct pal_app *app, const struct pal_simulate_counts *counts,
                       struct pal_error *err)
{
    const struct {
        const char *name;
        int64_t count;
    } rows[] = {
        {"true arrests", counts->arrests},
        {"of them by the campaign", counts->campaign_arrests},
        {"of them targeted", counts->targeted_arrests},
        {"of them met on the way", counts->collateral_arrests},
        {"rows of arrests", counts->arrest_rows},
        {"rows of detainers", counts->detainer_rows},
        {"rows of detention stints", counts->stint_rows},
        {"stays", counts->stays},
        {"files", counts->files},
    };
    struct pal_listing listing;
    pal_status st;
    pal_listing_init(&listing);
    pal_listing_column(&listing, "written");
    pal_listing_column(&listing, "count");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_listing_text(&listing, pal_view_of(rows[i].name));
        pal_listing_integer(&listing, rows[i].count);
    }
    st = pal_listing_show(&listing, app, err);
    pal_listing_clear(&listing);
    return st;
}

static enum pal_simulate_format format_of(const char *name)
{
    if (strcmp(name, "csv") == 0) {
        return PAL_SIMULATE_CSV;
    }
    return strcmp(name, "parquet") == 0 ? PAL_SIMULATE_PARQUET : PAL_SIMULATE_XLSX;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    const char *folder = given->options[OPTION_OUT].text;
    struct pal_simulate_counts counts = {0};
    struct pal_simulate_spec spec;
    struct pal_arena arena;
    struct pal_bar bar;
    pal_status st;
    struct pal_simulate_options options_given = {
        .format = format_of(given->options[OPTION_FORMAT].text),
        .thread_count = app->thread_count,
        .write_parquet = pal_parquet_write};
    if (given->operand_count != 1 || folder == NULL) {
        return pal_fail(err, PAL_USAGE,
                        "simulate needs one specification and --out DIR");
    }
    pal_arena_init(&arena, PAL_SPEC_ARENA_MAX);
    pal_bar_init(&bar, app);
    st = pal_spec_read(given->operands[0], &arena, &spec, err);
    if (st == PAL_OK) {
        st = pal_simulate_write(&spec, folder, &options_given, &bar.progress, &counts,
                                err);
    }
    pal_bar_clear(&bar);
    if (st == PAL_OK) {
        st = show(app, &counts, err);
    }
    pal_arena_clear(&arena);
    return st;
}

const struct pal_command pal_command_simulate = {
    .name = "simulate",
    .summary = "Write release files with known truth.",
    .operands = "SPEC",
    .explained =
        "Writes a release in the agency's layout of March 2026, with the faults of "
        "real releases and a campaign planted in it, and beside it, in truth/, what "
        "was planted. The rows describe nobody. The same specification gives the same "
        "bytes, with any number of threads.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
