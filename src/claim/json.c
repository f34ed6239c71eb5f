/*
 * A judgement as JSON, and as schema.org ClaimReview (JSON-LD). Numbers that are not there are
 * null; no clock is asked.
 */
#include <math.h>

#include "claim/claim_internal.h"

static void put_text(struct pal_json *out, const char *key, struct pal_view text)
{
    pal_json_key(out, key);
    if (text.size > 0) {
        pal_json_view(out, text);
    } else {
        pal_json_null(out);
    }
}

static void put_number(struct pal_json *out, const char *key, bool has, double value)
{
    pal_json_key(out, key);
    if (has && isfinite(value)) {
        pal_json_double(out, value);
    } else {
        pal_json_null(out);
    }
}

static void put_day(struct pal_json *out, const char *key, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    put_text(out, key, pal_view_of(text));
}

static void put_what(struct pal_json *out, const struct pal_claim_what *what)
{
    put_text(out, "measure", what->measure);
    pal_json_key(out, "where");
    pal_json_begin_object(out);
    for (size_t i = 0; i < what->where_count; i++) {
        char name[64];
        size_t size = what->where[i].dimension.size;
        size = size < sizeof name - 1 ? size : sizeof name - 1;
        for (size_t k = 0; k < size; k++) {
            name[k] = what->where[i].dimension.data[k];
        }
        name[size] = '\0';
        put_text(out, name, what->where[i].value);
    }
    pal_json_end_object(out);
    put_day(out, "from", what->first);
    put_day(out, "to", what->last);
    put_text(out, "release", what->release);
}

static struct pal_view unit_of(const struct pal_reading *reading)
{
    struct pal_measure measure;
    if (reading->unit.size > 0) {
        return reading->unit;
    }
    return pal_measure_find(reading->measure, &measure) ? measure.unit : PAL_VIEW("");
}

static void put_reading(struct pal_json *out, const struct pal_reading *reading,
                        bool is_context)
{
    bool has = isfinite(reading->value);
    pal_json_begin_object(out);
    put_text(out, "choice", reading->choice);
    put_text(out, "name", reading->name);
    put_text(out, "measure", reading->measure);
    put_text(out, "unit", unit_of(reading));
    put_text(out, "rule", reading->rule);
    put_text(out, "release", reading->release);
    put_day(out, "from", reading->first);
    put_day(out, "to", reading->last);
    put_number(out, "value", has, reading->value);
    put_number(out, "low", has, reading->low);
    put_number(out, "high", has, reading->high);
    pal_json_key(out, "n");
    pal_json_i64(out, reading->n);
    pal_json_key(out, "blank");
    pal_json_i64(out, reading->blank);
    pal_json_key(out, "status");
    pal_json_text(out, pal_figure_status_text(reading->status));
    pal_json_key(out, "days_covered");
    pal_json_i64(out, reading->days_covered);
    pal_json_key(out, "days");
    pal_json_i64(out, reading->days);
    put_number(out, "dispersion", has, reading->dispersion);
    if (!is_context) {
        pal_json_key(out, "bears_on_verdict");
        pal_json_bool(out, reading->bears);
        put_text(out, "verdict",
                 pal_view_of(reading->bears ? pal_verdict_text(reading->verdict) : ""));
        pal_json_key(out, "turns");
        if (reading->turns != NULL) {
            pal_turns_json(reading->turns, out);
        } else {
            pal_json_null(out);
        }
    }
    put_text(out, "note", reading->note);
    put_text(out, "command", reading->command);
    pal_json_end_object(out);
}

static void put_readings(struct pal_json *out, const char *key,
                         const struct pal_reading *readings, size_t count,
                         bool is_context)
{
    pal_json_key(out, key);
    pal_json_begin_array(out);
    for (size_t i = 0; i < count; i++) {
        put_reading(out, &readings[i], is_context);
    }
    pal_json_end_array(out);
}

static void put_files(struct pal_json *out, const struct pal_finding *finding)
{
    pal_json_key(out, "files");
    pal_json_begin_array(out);
    for (size_t i = 0; i < finding->file_count; i++) {
        const struct pal_claim_file *file = &finding->files[i];
        pal_json_begin_object(out);
        put_text(out, "table", file->table);
        put_text(out, "file", file->file);
        put_text(out, "sha256", file->sha256);
        put_text(out, "release", file->release);
        pal_json_key(out, "rows");
        pal_json_i64(out, file->rows);
        pal_json_end_object(out);
    }
    pal_json_end_array(out);
}

static void put_source(struct pal_json *out, const struct pal_claim *claim)
{
    put_text(out, "quotation", claim->quotation);
    put_text(out, "speaker", claim->speaker);
    put_text(out, "role", claim->role);
    put_text(out, "speech", claim->speech);
    pal_json_key(out, "source");
    pal_json_begin_object(out);
    put_text(out, "title", claim->source_title);
    put_text(out, "publisher", claim->source_publisher);
    put_day(out, "date", claim->source_date);
    put_text(out, "url", claim->source_url);
    put_text(out, "document", claim->document);
    pal_json_end_object(out);
}

static void put_claimed(struct pal_json *out, const struct pal_finding *finding)
{
    pal_json_key(out, "claimed");
    pal_json_begin_object(out);
    put_text(out, "test", pal_view_of(pal_claim_test_text(finding->claim->test)));
    put_text(out, "text", finding->claimed);
    put_number(out, "low", finding->has_range, finding->claimed_low);
    put_number(out, "high", finding->has_range, finding->claimed_high);
    put_text(out, "hedge", finding->claim->hedge);
    pal_json_end_object(out);
}

static void put_finding(struct pal_json *out, const struct pal_judgement *judgement,
                        const struct pal_finding *finding)
{
    const struct pal_claim *claim = finding->claim;
    bool is_error = finding->verdict == PAL_VERDICT_ERROR;
    pal_json_begin_object(out);
    put_text(out, "claim", claim->id);
    put_text(out, "statement", claim->statement);
    put_text(out, "verdict", pal_view_of(pal_verdict_text(finding->verdict)));
    put_number(out, "value", finding->has_value, finding->value);
    put_number(out, "low", finding->has_value, finding->low);
    put_number(out, "high", finding->has_value, finding->high);
    put_text(out, "unit", finding->unit);
    put_text(out, "why", finding->why);
    put_text(out, "error", is_error ? finding->why : PAL_VIEW(""));
    pal_json_key(out, "line");
    if (claim->line > 0) {
        pal_json_i64(out, (int64_t)claim->line);
    } else {
        pal_json_null(out);
    }
    put_claimed(out, finding);
    put_what(out, &claim->what);
    put_text(out, "definition", finding->definition);
    put_text(out, "coverage", finding->coverage);
    put_text(out, "place_note", finding->place_note);
    pal_json_key(out, "fewer_than_11");
    pal_json_bool(out, finding->is_withheld);
    put_readings(out, "readings", finding->readings, finding->reading_count, false);
    put_readings(out, "context", finding->contexts, finding->context_count, true);
    put_files(out, finding);
    put_text(out, "settled_by", claim->settled_by);
    put_text(out, "note", claim->note);
    put_source(out, claim);
    put_text(out, "rule_version", judgement->rule_version);
    put_text(out, "program_version", judgement->program_version);
    pal_json_end_object(out);
}

void pal_judgement_json(const struct pal_judgement *judgement, struct pal_json *out)
{
    pal_json_begin_array(out);
    for (size_t i = 0; i < judgement->count; i++) {
        put_finding(out, judgement, &judgement->findings[i]);
    }
    pal_json_end_array(out);
}

/* ---- ClaimReview ---- */

/* 5 is true, 1 is false; a verdict that is neither has no number. */
static int rating_of(enum pal_verdict verdict)
{
    switch (verdict) {
    case PAL_VERDICT_SUPPORTED:
        return 5;
    case PAL_VERDICT_CONTRADICTED:
        return 1;
    case PAL_VERDICT_DEPENDS:
        return 3;
    case PAL_VERDICT_CANNOT_TELL:
    case PAL_VERDICT_NOT_RECORDED:
    case PAL_VERDICT_NOT_COVERED:
    case PAL_VERDICT_NOT_TESTABLE:
    case PAL_VERDICT_ERROR:
    case PAL_VERDICT_COUNT:
    default:
        return 0;
    }
}

static void put_pair(struct pal_json *out, const char *key, const char *value)
{
    pal_json_key(out, key);
    pal_json_text(out, value);
}

/* Leaves the key out where there is nothing to say: JSON-LD has no use for null. */
static void put_some(struct pal_json *out, const char *key, struct pal_view text)
{
    if (text.size > 0) {
        put_text(out, key, text);
    }
}

static void put_some_day(struct pal_json *out, const char *key, int32_t day)
{
    if (day != PAL_DAY_NONE) {
        put_day(out, key, day);
    }
}

static void put_rating(struct pal_json *out, const struct pal_finding *finding)
{
    int rating = rating_of(finding->verdict);
    pal_json_key(out, "reviewRating");
    pal_json_begin_object(out);
    put_pair(out, "@type", "Rating");
    if (rating > 0) {
        pal_json_key(out, "ratingValue");
        pal_json_i64(out, rating);
        pal_json_key(out, "bestRating");
        pal_json_i64(out, 5);
        pal_json_key(out, "worstRating");
        pal_json_i64(out, 1);
    }
    put_pair(out, "alternateName", pal_verdict_text(finding->verdict));
    put_some(out, "ratingExplanation", finding->why);
    pal_json_end_object(out);
}

static void put_item(struct pal_json *out, const struct pal_claim *claim)
{
    bool is_person = pal_view_is_equal(claim->role, PAL_VIEW("official-named"));
    pal_json_key(out, "itemReviewed");
    pal_json_begin_object(out);
    put_pair(out, "@type", "Claim");
    if (claim->speaker.size > 0) {
        pal_json_key(out, "author");
        pal_json_begin_object(out);
        put_pair(out, "@type", is_person ? "Person" : "Organization");
        put_some(out, "name", claim->speaker);
        pal_json_end_object(out);
    }
    put_some_day(out, "datePublished", claim->source_date);
    pal_json_key(out, "appearance");
    pal_json_begin_object(out);
    put_pair(out, "@type", "CreativeWork");
    put_some(out, "headline", claim->source_title);
    if (claim->source_publisher.size > 0) {
        pal_json_key(out, "publisher");
        pal_json_begin_object(out);
        put_pair(out, "@type", "Organization");
        put_some(out, "name", claim->source_publisher);
        pal_json_end_object(out);
    }
    put_some_day(out, "datePublished", claim->source_date);
    put_some(out, "url", claim->source_url);
    pal_json_end_object(out);
    pal_json_end_object(out);
}

static void put_review(struct pal_json *out, const struct pal_judgement *judgement,
                       const struct pal_finding *finding)
{
    struct pal_buffer link;
    pal_buffer_init(&link, PAL_CLAIM_WORDS_MAX);
    pal_buffer_append_format(&link, "report.html#claim-%.*s",
                             PAL_VIEW_ARG(finding->claim->id));
    pal_json_begin_object(out);
    put_pair(out, "@context", "https://schema.org");
    put_pair(out, "@type", "ClaimReview");
    put_text(out, "url", pal_buffer_view(&link));
    put_some(out, "claimReviewed", finding->claim->statement);
    put_some_day(out, "datePublished", judgement->reviewed);
    pal_json_key(out, "author");
    pal_json_begin_object(out);
    put_pair(out, "@type", "Organization");
    put_pair(out, "name", "Palladium");
    pal_json_end_object(out);
    put_rating(out, finding);
    put_item(out, finding->claim);
    pal_json_end_object(out);
    pal_buffer_clear(&link);
}

void pal_judgement_claimreview(const struct pal_judgement *judgement,
                               struct pal_json *out)
{
    pal_json_begin_array(out);
    for (size_t i = 0; i < judgement->count; i++) {
        if (judgement->findings[i].verdict != PAL_VERDICT_ERROR) {
            put_review(out, judgement, &judgement->findings[i]);
        }
    }
    pal_json_end_array(out);
}
