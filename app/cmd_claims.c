#include "app/claims_check.h"
#include "app/commands.h"

enum { OPTION_FORMAT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|json|claimreview|html",
                       "check: what to write.", "table"},
};

static pal_status check(struct pal_app *app, const struct pal_given *given,
                        struct pal_error *err)
{
    static const char *const names[] = {
        [PAL_CLAIMS_TABLE] = "table",
        [PAL_CLAIMS_JSON] = "json",
        [PAL_CLAIMS_REVIEW] = "claimreview",
        [PAL_CLAIMS_HTML] = "html",
    };
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    int at = 0;
    if (given->operand_count != 3) {
        return pal_fail(err, PAL_USAGE,
                        "claims check needs a study and a claims file, as in: palladium "
                        "claims check S.duckdb CLAIMS.yaml");
    }
    while (!pal_view_is_equal(format, pal_view_of(names[at]))) {
        at++;
    }
    return pal_claims_check_file(app, given->operands[1], given->operands[2],
                                 (enum pal_claims_format)at, err);
}

/* What can be done with claims, each in its own file claims_<verb>.c. */
static const struct {
    const char *name;
    pal_status (*run)(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err);
} verbs[] = {
    {"check", check},
};

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_view verb =
        pal_view_of(given->operand_count == 0 ? "" : given->operands[0]);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (pal_view_is_equal(verb, pal_view_of(verbs[i].name))) {
            return verbs[i].run(app, given, err);
        }
    }
    return pal_fail(err, PAL_USAGE, "claims wants one of: check");
}

const struct pal_command pal_command_claims = {
    .name = "claims",
    .summary = "Hold statements against the records.",
    .operands = "check STUDY CLAIMS.yaml",
    .explained =
        "check holds each statement of a claims file against a study: a verdict, the "
        "figure with its interval, the same figure under other definitions, and one "
        "plain sentence.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
