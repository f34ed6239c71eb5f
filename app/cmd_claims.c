#include "app/claims_suggest.h"
#include "app/commands.h"

enum { OPTION_OUT, OPTION_COUNT };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_OUT] = {"out", 'o', PAL_OPTION_TEXT, "FILE",
                    "suggest: the claims file to write.", NULL},
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

/* What can be done with claims, each in its own file claims_<verb>.c. */
static const struct {
    const char *name;
    pal_status (*run)(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err);
} verbs[] = {
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
    return pal_fail(err, PAL_USAGE, "claims wants one of: suggest");
}

const struct pal_command pal_command_claims = {
    .name = "claims",
    .summary = "Find statements in a document.",
    .operands = "suggest STUDY DOCUMENT",
    .explained =
        "suggest proposes the sentences of a document that state something countable, "
        "as a claims file that a person edits.",
    .options = options,
    .option_count = OPTION_COUNT,
    .run = run,
};
