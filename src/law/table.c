/*
 * The tables read: places and documents as they are built in, rules as they are built in or as
 * a person edited them. Columns are found by their names, in this order and no other.
 */
#include "law/law_internal.h"

extern const struct pal_asset_table pal_law_assets;

enum { CELL_MAX = 24 };

enum {
    RULE_ID,
    RULE_PLACE,
    RULE_ACTOR,
    RULE_DOCUMENT,
    RULE_QUESTION,
    RULE_CONDITION,
    RULE_OUTCOME,
    RULE_SAYS,
    RULE_FROM,
    RULE_TO,
    RULE_CITATION,
    RULE_SOURCE,
    RULE_SOURCE_DATE,
    RULE_CHECKED,
    RULE_VERIFIED,
    RULE_DATES_VERIFIED,
    RULE_CONFLICTS,
    RULE_COUNT
};
static const char *const rule_columns[RULE_COUNT] = {"id",
                                                     "place",
                                                     "actor",
                                                     "document",
                                                     "question",
                                                     "condition",
                                                     "outcome",
                                                     "says",
                                                     "valid_from",
                                                     "valid_to",
                                                     "citation",
                                                     "source",
                                                     "source_date",
                                                     "date_checked",
                                                     "verified",
                                                     "dates_verified",
                                                     "conflicts_with"};
static const char *const place_columns[] = {"place", "level", "parent", "known_as"};
static const char *const document_columns[] = {
    "document", "kind",      "asks",     "released_as", "valid_from",
    "valid_to", "signed_by", "citation", "verified",    "note"};

struct reading {
    struct pal_law *law;
    struct pal_csv_text reader;
    const char *name;
    struct pal_view cells[CELL_MAX];
    struct pal_error *err;
};

static pal_status bad(struct reading *in, const char *column, struct pal_view text,
                      const char *wanted)
{
    return pal_fail(in->err, PAL_INPUT, "%s, line %lld: %s is \"%.*s\"; wanted is %s",
                    in->name, (long long)in->reader.line, column, PAL_VIEW_ARG(text),
                    wanted);
}

/* Reads every line behind the header; `line` takes one. */
static pal_status read_table(struct reading *in, struct pal_view text,
                             const char *const *columns, size_t column_count,
                             pal_status (*line)(struct reading *in))
{
    size_t count = 0;
    bool has_header = false;
    pal_csv_text_init(&in->reader, text);
    for (;;) {
        pal_status st = pal_csv_read_row(&in->reader, &in->law->arena, in->cells,
                                         CELL_MAX, &count, in->err);
        if (st != PAL_OK) {
            return pal_while(in->err, st, "%s", in->name);
        }
        if (count == 0) {
            break;
        }
        if (count != column_count) {
            return pal_fail(in->err, PAL_INPUT,
                            "%s, line %lld: %zu cells; wanted are %zu", in->name,
                            (long long)in->reader.line, count, column_count);
        }
        for (size_t i = 0; i < count && !has_header; i++) {
            if (!pal_view_is_equal(in->cells[i], pal_view_of(columns[i]))) {
                return bad(in, "a column", in->cells[i], columns[i]);
            }
        }
        st = has_header ? line(in) : PAL_OK;
        if (st != PAL_OK) {
            return st;
        }
        has_header = true;
    }
    if (!has_header) {
        return pal_fail(in->err, PAL_INPUT, "%s: there is no line in it", in->name);
    }
    return PAL_OK;
}

static pal_status place_line(struct reading *in)
{
    struct pal_law *law = in->law;
    struct pal_law_place *place = &law->places[law->place_count];
    PAL_BUG_IF(law->place_count == PAL_LAW_PLACE_MAX);
    *place = (struct pal_law_place){in->cells[0], in->cells[1], in->cells[3], -1};
    if (in->cells[2].size > 0) {
        place->parent = pal_law_find_place(law, in->cells[2]);
        PAL_BUG_IF(place->parent < 0); /* a place stands below the one it lies in */
    }
    law->place_count++;
    return PAL_OK;
}

static pal_status document_line(struct reading *in)
{
    struct pal_law *law = in->law;
    struct pal_law_document *document = &law->documents[law->document_count];
    PAL_BUG_IF(law->document_count == PAL_LAW_DOCUMENT_MAX);
    *document = (struct pal_law_document){
        .name = in->cells[0],
        .kind = in->cells[1],
        .asks = in->cells[2],
        .released_as = in->cells[3],
        .signed_by = in->cells[6],
        .citation = in->cells[7],
        .note = in->cells[9],
        .is_verified = pal_view_is_equal(in->cells[8], PAL_VIEW("yes")),
    };
    PAL_BUG_IF(!pal_law_date_read(in->cells[4], &document->from) ||
               !pal_law_date_read(in->cells[5], &document->to));
    law->document_count++;
    return PAL_OK;
}

/* The words of a cell as bits; false for none, or one that is unknown. */
static bool read_bits(const struct pal_law *law, struct pal_view text,
                      bool (*bits_of)(const struct pal_law *law, struct pal_view word,
                                      uint32_t *bits),
                      uint32_t *out)
{
    struct pal_view rest = text;
    struct pal_view word;
    uint32_t bits = 0;
    *out = 0;
    while (pal_view_split(&rest, ' ', &word)) {
        if (!bits_of(law, word, &bits)) {
            return false;
        }
        *out |= bits;
    }
    return *out != 0;
}

static bool actor_bits(const struct pal_law *law, struct pal_view word, uint32_t *bits)
{
    enum pal_law_actor actor = PAL_LAW_POLICE;
    (void)law;
    bool is_known = pal_law_find_actor(word, &actor);
    *bits = (uint32_t)actor;
    return is_known;
}

static bool document_bits(const struct pal_law *law, struct pal_view word,
                          uint32_t *bits)
{
    *bits = 0;
    for (size_t i = 0; i < law->document_count; i++) {
        if (pal_view_is_equal(word, law->documents[i].name) ||
            pal_view_is_equal(word, law->documents[i].kind)) {
            *bits |= UINT32_C(1) << i;
        }
    }
    return *bits != 0;
}

static bool read_outcome(struct pal_view text, enum pal_law_outcome *out)
{
    for (int i = PAL_LAW_MAY_HOLD; i <= PAL_LAW_UNKNOWN; i++) {
        if (pal_view_is_equal(
                text, pal_view_of(pal_law_outcome_text((enum pal_law_outcome)i)))) {
            *out = (enum pal_law_outcome)i;
            return true;
        }
    }
    return false;
}

static pal_status read_words(struct reading *in, struct pal_law_rule *rule)
{
    const struct pal_view *cells = in->cells;
    rule->place = pal_law_find_place(in->law, cells[RULE_PLACE]);
    if (rule->place < 0) {
        return bad(in, "place", cells[RULE_PLACE], "a place of places.csv");
    }
    if (!read_bits(in->law, cells[RULE_ACTOR], actor_bits, &rule->actors)) {
        return bad(in, "actor", cells[RULE_ACTOR],
                   "police, jail, court, agency, or several parted by blanks");
    }
    if (!read_bits(in->law, cells[RULE_DOCUMENT], document_bits, &rule->documents)) {
        return bad(in, "document", cells[RULE_DOCUMENT],
                   "documents or kinds of documents.csv, parted by blanks");
    }
    if (!pal_law_terms_read(cells[RULE_CONDITION], &rule->terms)) {
        return bad(in, "condition", cells[RULE_CONDITION],
                   "known terms parted by blanks, or nothing");
    }
    if (!read_outcome(cells[RULE_OUTCOME], &rule->outcome)) {
        return bad(in, "outcome", cells[RULE_OUTCOME],
                   "may hold, must not, must, disputed or unknown");
    }
    return PAL_OK;
}

static pal_status read_dates(struct reading *in, struct pal_law_rule *rule)
{
    struct pal_law_date checked;
    const struct pal_view *cells = in->cells;
    static const char wanted[] = "a date as 2017-07-24, 2017-07 or 2017, or nothing";
    if (!pal_law_date_read(cells[RULE_FROM], &rule->from)) {
        return bad(in, "valid_from", cells[RULE_FROM], wanted);
    }
    if (!pal_law_date_read(cells[RULE_TO], &rule->to)) {
        return bad(in, "valid_to", cells[RULE_TO], wanted);
    }
    if (!pal_law_date_read(cells[RULE_SOURCE_DATE], &checked)) {
        return bad(in, "source_date", cells[RULE_SOURCE_DATE], wanted);
    }
    if (!pal_law_date_read(cells[RULE_CHECKED], &checked) ||
        checked.first == PAL_DAY_NONE) {
        return bad(in, "date_checked", cells[RULE_CHECKED], "a date as 2017-07-24");
    }
    if (rule->from.text.size > 0 && rule->to.text.size > 0 &&
        rule->to.last < rule->from.first) {
        return bad(in, "valid_to", cells[RULE_TO], "a date not before valid_from");
    }
    return PAL_OK;
}

static bool is_yes_or_no(struct pal_view text)
{
    return pal_view_is_equal(text, PAL_VIEW("yes")) ||
           pal_view_is_equal(text, PAL_VIEW("no"));
}

static pal_status rule_line(struct reading *in)
{
    struct pal_law *law = in->law;
    const struct pal_view *cells = in->cells;
    pal_status st = PAL_OK;
    if (law->rule_count == PAL_LAW_RULE_MAX) {
        return pal_fail(in->err, PAL_LIMIT, "%s: more than %d rules", in->name,
                        PAL_LAW_RULE_MAX);
    }
    struct pal_law_rule rule = {
        .line = in->reader.line,
        .id = cells[RULE_ID],
        .question = cells[RULE_QUESTION],
        .condition = cells[RULE_CONDITION],
        .says = cells[RULE_SAYS],
        .citation = cells[RULE_CITATION],
        .source = cells[RULE_SOURCE],
        .source_date = cells[RULE_SOURCE_DATE],
        .date_checked = cells[RULE_CHECKED],
        .is_verified = pal_view_is_equal(cells[RULE_VERIFIED], PAL_VIEW("yes")),
        .dates_verified = cells[RULE_DATES_VERIFIED],
        .conflicts_with = cells[RULE_CONFLICTS],
    };
    st = read_words(in, &rule);
    if (st == PAL_OK) {
        st = read_dates(in, &rule);
    }
    if (st != PAL_OK) {
        return st;
    }
    if (!is_yes_or_no(cells[RULE_VERIFIED])) {
        return bad(in, "verified", cells[RULE_VERIFIED], "yes or no");
    }
    bool has_date = rule.from.text.size > 0 || rule.to.text.size > 0;
    if (has_date != is_yes_or_no(rule.dates_verified) ||
        (!has_date && rule.dates_verified.size > 0)) {
        return bad(in, "dates_verified", rule.dates_verified,
                   "yes or no where the rule has a date, else nothing");
    }
    if (rule.id.size == 0 || rule.question.size == 0 || rule.citation.size == 0) {
        return pal_fail(in->err, PAL_INPUT,
                        "%s, line %lld: a rule needs an id, a question and a citation",
                        in->name, (long long)in->reader.line);
    }
    for (size_t i = 0; i < law->rule_count; i++) {
        if (pal_view_is_equal(law->rules[i].id, rule.id)) {
            return bad(in, "id", rule.id, "an id that no line above has");
        }
    }
    law->rules[law->rule_count++] = rule;
    return PAL_OK;
}

static pal_status read_all(struct pal_law *law, struct pal_view text, const char *name,
                           struct pal_error *err)
{
    struct reading in = {.law = law, .err = err, .name = "places.csv"};
    void *memory = NULL;
    pal_status st =
        read_table(&in, pal_asset_find(&pal_law_assets, "places.csv"), place_columns,
                   sizeof place_columns / sizeof place_columns[0], place_line);
    if (st == PAL_OK) {
        in.name = "documents.csv";
        st = read_table(
            &in, pal_asset_find(&pal_law_assets, "documents.csv"), document_columns,
            sizeof document_columns / sizeof document_columns[0], document_line);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(&law->arena, PAL_LAW_RULE_MAX, sizeof *law->rules, &memory,
                             err);
        law->rules = memory;
    }
    if (st == PAL_OK) {
        in.name = name;
        st = read_table(&in, text, rule_columns, RULE_COUNT, rule_line);
    }
    return st == PAL_OK ? pal_law_check_overlap(law, name, err) : st;
}

pal_status pal_law_open(struct pal_view text, const char *name, struct pal_law **out,
                        struct pal_error *err)
{
    *out = NULL;
    struct pal_law *law = pal_alloc_zero(1, sizeof *law);
    struct pal_view copy = {"", 0};
    if (law == NULL) {
        return pal_fail_memory(err);
    }
    pal_arena_init(&law->arena, PAL_LAW_ARENA_MAX);
    if (text.data == NULL) {
        text = pal_asset_find(&pal_law_assets, "rules.csv");
        name = "rules.csv";
    }
    pal_status st = pal_arena_copy(&law->arena, text, &copy, err);
    if (st == PAL_OK) {
        st = read_all(law, copy, name, err);
    }
    if (st != PAL_OK) {
        pal_law_close(law);
        return st;
    }
    *out = law;
    return PAL_OK;
}

void pal_law_close(struct pal_law *law)
{
    if (law != NULL) {
        pal_arena_clear(&law->arena);
        pal_free(law);
    }
}
