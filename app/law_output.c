#include "app/law_output.h"

#include "app/commands.h"
#include "base/calendar.h"
#include "base/json.h"

static void put_citations(const struct pal_law_decision *decision,
                          struct pal_buffer *out)
{
    for (size_t i = 0; i < decision->deciding_count; i++) {
        bool is_again = false;
        for (size_t k = 0; k < i; k++) {
            is_again = is_again || pal_view_is_equal(decision->rules[k]->citation,
                                                     decision->rules[i]->citation);
        }
        if (!is_again) {
            pal_buffer_append_text(out, i > 0 ? "; " : "");
            pal_buffer_append_view(out, decision->rules[i]->citation);
        }
    }
    if (decision->deciding_count == 0) {
        pal_buffer_append_text(out, "no rule on file");
    }
}

static void put_date(struct pal_json *json, const char *key, struct pal_view date)
{
    pal_json_key(json, key);
    if (date.size == 0) {
        pal_json_null(json);
    } else {
        pal_json_view(json, date);
    }
}

static void put_view(struct pal_json *json, const char *key, struct pal_view text)
{
    pal_json_key(json, key);
    pal_json_view(json, text);
}

static void put_rule_json(const struct pal_law *law, const struct pal_law_rule *rule,
                          bool is_deciding, struct pal_json *json)
{
    pal_json_begin_object(json);
    put_view(json, "id", rule->id);
    put_view(json, "place", pal_law_place_at(law, (size_t)rule->place)->name);
    put_view(json, "outcome", pal_view_of(pal_law_outcome_text(rule->outcome)));
    pal_json_key(json, "decides");
    pal_json_bool(json, is_deciding);
    put_view(json, "condition", rule->condition);
    put_view(json, "says", rule->says);
    put_view(json, "citation", rule->citation);
    put_date(json, "valid_from", rule->from.text);
    put_date(json, "valid_to", rule->to.text);
    put_view(json, "source", rule->source);
    put_date(json, "source_date", rule->source_date);
    put_date(json, "date_checked", rule->date_checked);
    pal_json_key(json, "verified");
    pal_json_bool(json, rule->is_verified);
    put_date(json, "dates_verified", rule->dates_verified);
    pal_json_end_object(json);
}

static void put_decision_json(const struct pal_law *law,
                              const struct pal_law_query *query,
                              const struct pal_law_decision *decision,
                              struct pal_buffer *scratch, struct pal_json *json)
{
    const struct pal_law_document *document =
        pal_law_document_at(law, (size_t)decision->document);
    char day[16];
    pal_day_text(query->day, day);
    pal_json_begin_object(json);
    put_view(json, "place", pal_law_place_at(law, (size_t)query->place)->name);
    put_view(json, "on", pal_view_of(day));
    put_view(json, "actor", pal_view_of(pal_law_actor_text(decision->actor)));
    put_view(json, "document", document->name);
    put_view(json, "signed_by", document->signed_by);
    put_view(json, "question", decision->question);
    pal_buffer_reset(scratch);
    pal_law_terms_text(decision->terms, scratch);
    put_view(json, "condition", pal_buffer_view(scratch));
    put_view(json, "outcome", pal_view_of(pal_law_outcome_text(decision->outcome)));
    pal_buffer_reset(scratch);
    put_citations(decision, scratch);
    put_view(json, "citation", pal_buffer_view(scratch));
    put_date(json, "valid_from", decision->from.text);
    put_date(json, "valid_to", decision->to.text);
    pal_json_key(json, "verified");
    pal_json_bool(json, decision->is_verified);
    pal_json_key(json, "dates_verified");
    pal_json_bool(json, decision->has_verified_dates);
    put_view(json, "note", decision->note);
    pal_json_key(json, "rules");
    pal_json_begin_array(json);
    for (size_t i = 0; i < decision->rule_count; i++) {
        put_rule_json(law, decision->rules[i], i < decision->deciding_count, json);
    }
    pal_json_end_array(json);
    pal_json_end_object(json);
}

/* "may" is what leave is called where the question is not a hold. */
static const char *outcome_words(const struct pal_law_decision *decision)
{
    bool is_hold = pal_view_has_prefix(decision->question, PAL_VIEW("hold ")) ||
                   pal_view_has_suffix(decision->question, PAL_VIEW("a hold may last"));
    return decision->outcome == PAL_LAW_MAY_HOLD && !is_hold
               ? "may"
               : pal_law_outcome_text(decision->outcome);
}

static void put_rule_text(const struct pal_law *law, const struct pal_law_rule *rule,
                          struct pal_buffer *out)
{
    bool has_from = rule->from.text.size > 0;
    bool has_to = rule->to.text.size > 0;
    pal_buffer_append_format(
        out, "    %.*s (%.*s): %s. %.*s\n", PAL_VIEW_ARG(rule->citation),
        PAL_VIEW_ARG(pal_law_place_at(law, (size_t)rule->place)->name),
        pal_law_outcome_text(rule->outcome), PAL_VIEW_ARG(rule->says));
    pal_buffer_append_text(out, "      in force ");
    pal_buffer_append_format(out, "%s%.*s",
                             has_from ? "from " : "from a day not on file",
                             PAL_VIEW_ARG(rule->from.text));
    pal_buffer_append_format(out, "%s%.*s", has_to ? " to " : ", no end on file",
                             PAL_VIEW_ARG(rule->to.text));
    if (pal_view_is_equal(rule->dates_verified, PAL_VIEW("no"))) {
        pal_buffer_append_text(out, " (dates unverified)");
    }
    pal_buffer_append_format(out, "; %s; source: %.*s%s%.*s\n",
                             rule->is_verified ? "read in its source" : "unverified",
                             PAL_VIEW_ARG(rule->source),
                             rule->source_date.size > 0 ? ", " : "",
                             PAL_VIEW_ARG(rule->source_date));
}

static void put_decision_text(const struct pal_law *law,
                              const struct pal_law_decision *decision,
                              struct pal_buffer *out)
{
    const struct pal_law_document *document =
        pal_law_document_at(law, (size_t)decision->document);
    pal_buffer_append_format(
        out, "\n%s, %.*s: %.*s\n", pal_law_actor_text(decision->actor),
        PAL_VIEW_ARG(document->name), PAL_VIEW_ARG(decision->question));
    if (decision->terms != 0) {
        pal_buffer_append_text(out, "  if there is: ");
        pal_law_terms_text(decision->terms, out);
        pal_buffer_append_char(out, '\n');
    }
    pal_buffer_append_format(out, "  %s%s%.*s\n", outcome_words(decision),
                             decision->note.size > 0 ? ": " : "",
                             PAL_VIEW_ARG(decision->note));
    for (size_t i = 0; i < decision->rule_count; i++) {
        put_rule_text(law, decision->rules[i], out);
    }
}

static void put_head(const struct pal_law *law, const struct pal_law_query *query,
                     struct pal_buffer *out)
{
    char day[16];
    int place = query->place;
    pal_day_text(query->day, day);
    pal_buffer_append_view(out, pal_law_place_at(law, (size_t)place)->name);
    while ((place = pal_law_place_at(law, (size_t)place)->parent) >= 0) {
        pal_buffer_append_format(
            out, ", %.*s", PAL_VIEW_ARG(pal_law_place_at(law, (size_t)place)->name));
    }
    pal_buffer_append_format(out, ": the rules on file for %s\n", day);
    for (size_t i = 0; i < pal_law_document_count(law); i++) {
        const struct pal_law_document *document = pal_law_document_at(law, i);
        if ((query->documents & (UINT32_C(1) << i)) != 0) {
            pal_buffer_append_format(
                out, "%.*s is signed by %.*s. %.*s\n", PAL_VIEW_ARG(document->name),
                PAL_VIEW_ARG(document->signed_by), PAL_VIEW_ARG(document->note));
        }
    }
}

void pal_law_answer_text(const struct pal_law_answer *answer, struct pal_buffer *out)
{
    put_head(answer->law, answer->query, out);
    for (size_t i = 0; i < answer->count; i++) {
        put_decision_text(answer->law, &answer->decisions[i], out);
    }
    pal_buffer_append_text(out,
                           "\nThis is what the rules on file say. It is no advice, and "
                           "a rule may have changed since its source.\n");
}

void pal_law_answer_json(const struct pal_law_answer *answer, struct pal_buffer *out)
{
    struct pal_buffer scratch;
    struct pal_json json;
    pal_buffer_init(&scratch, PAL_OUTPUT_SIZE_MAX);
    pal_json_init(&json, out, true);
    pal_json_begin_array(&json);
    for (size_t i = 0; i < answer->count; i++) {
        put_decision_json(answer->law, answer->query, &answer->decisions[i], &scratch,
                          &json);
    }
    pal_json_end_array(&json);
    pal_buffer_append_char(out, '\n');
    if (scratch.status != PAL_OK) {
        out->status = scratch.status;
    }
    pal_buffer_clear(&scratch);
}
