#include "app/claims_check.h"
#include "app/claims_suggest.h"
#include "app/commands.h"

enum { OPTION_OUT, OPTION_FORMAT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_OUT] = {"out", 'o', PAL_OPTION_TEXT, "FILE",
                    "suggest: the claims file to write.", NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|json|claimreview|html",
                       "check: what to write.", "table"},
};

static pal_status suggest(struct pal_app *app, const struct pal_given *given,
                          struct pal_error *err)
{
    const char *out = given->options[OPTION_OUT].text;
    if (given->operand_count != 3 || out == NULL) {
        return pal_fail(
            err, PAL_USAGE,
            "claims suggest needs a study, a document's number and --out "
            "FILE, as in: palladium claims suggest S.duckdb 1 --out C.yaml");
    }
    return pal_claims_suggest(app, given->operands[1], given->operands[2], out, err);
}

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
        return pal_fail(
            err, PAL_USAGE,
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
    {"suggest", suggest},
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
    return pal_fail(err, PAL_USAGE, "claims wants one of: check, suggest");
}

const struct pal_command pal_command_claims = {
    .name = "claims",
    .summary = "Find statements in a document, and hold them against the records.",
    .operands = "check STUDY CLAIMS.yaml | suggest STUDY DOCUMENT",
    .explained =
        "suggest proposes the sentences of a document that state something countable, "
        "as a claims file that a person edits. check holds each statement of a claims "
        "file against a study: a verdict, the figure with its interval, the same "
        "figure "
        "under other definitions, and one plain sentence.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
