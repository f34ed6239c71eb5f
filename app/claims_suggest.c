#include "app/claims_suggest.h"

pal_status pal_claims_suggest(struct pal_app *app, const char *study,
                              const char *document, const char *out_path,
                              struct pal_error *err)
{
    (void)app;
    (void)document;
    (void)out_path;
    return pal_fail(err, PAL_USAGE, "%s: claims suggest is not listed yet", study);
}
